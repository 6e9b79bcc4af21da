"""What she says, in her own words: taken once she was told who may read them; her withdrawal, once it was explored."""
