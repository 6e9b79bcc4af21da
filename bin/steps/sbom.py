"""What bin/sbom does: the bill of materials from the lock files, one component for each locked package, with its hashes.

CycloneDX 1.6, JSON (T22; ASVS 15.1.2). Nothing is looked up anywhere: what is locked is what is listed. The same locks give
the same serial number, so that a release's list can be compared with the next one's.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.contact import OrganizationalEntity
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parents[2]
# The lock of what runs comes first: what is in it is required, whatever else it is used for.
PYTHON_LOCKS = ("base", "build", "dev", "spark", "linkage-peers", "export-validator", "migration-linter")
NPM_LOCK = ROOT / "package-lock.json"
LOCKED = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^\]]*\])?==([^ \\;]+)([^\\\n]*)", re.MULTILINE | re.IGNORECASE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
SERIALS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:craffu:bill-of-materials")


@dataclass(slots=True)
class Locked:
    """One package as a lock names it."""

    kind: str
    name: str
    version: str
    locks: list[str]
    hashes: set[tuple[HashAlgorithm, str]] = field(default_factory=set)

    @property
    def runs(self) -> bool:
        return "base" in self.locks or "npm" in self.locks


def python_packages(lock: str, text: str) -> Iterator[Locked]:
    """The packages of a requirements file; raises ValueError for one without a hash."""
    found = list(LOCKED.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    for match, end in zip(found, ends, strict=True):
        hashes = {(HashAlgorithm.SHA_256, digest) for digest in HASH.findall(text[match.start() : end])}
        if not hashes:
            raise ValueError(f"{match[1]} is locked without a hash in requirements/{lock}.txt")
        yield Locked("pypi", match[1].lower(), match[2], [lock], hashes)


def npm_packages(text: str) -> Iterator[Locked]:
    """The packages of package-lock.json; what is shipped to browsers is built from those that are not for development."""
    for path, told in json.loads(text)["packages"].items():
        if not path:
            continue
        algorithm, _, digest = told["integrity"].partition("-")
        if algorithm != "sha512":
            raise ValueError(f"{path} is locked by {algorithm}")
        name = path.rpartition("node_modules/")[2]
        lock = "npm for development" if told.get("dev") else "npm"
        yield Locked("npm", name, told["version"], [lock], {(HashAlgorithm.SHA_512, base64.b64decode(digest).hex())})


def everything() -> list[Locked]:
    together: dict[tuple[str, str, str], Locked] = {}
    for lock in PYTHON_LOCKS:
        text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
        for one in python_packages(lock, text):
            known = together.setdefault((one.kind, one.name, one.version), one)
            if known is not one:
                known.locks += one.locks
                known.hashes |= one.hashes
    for one in npm_packages(NPM_LOCK.read_text(encoding="utf-8")):
        together[one.kind, one.name, one.version] = one
    return sorted(together.values(), key=lambda one: (one.kind, one.name, one.version))


def component(one: Locked) -> Component:
    namespace, _, name = one.name.rpartition("/")
    url = PackageURL(one.kind, namespace or None, name, one.version)
    return Component(
        type=ComponentType.LIBRARY,
        name=name,
        group=namespace or None,
        version=one.version,
        bom_ref=url.to_string(),
        purl=url,
        scope=ComponentScope.REQUIRED if one.runs else ComponentScope.EXCLUDED,
        hashes=[HashType(alg=algorithm, content=digest) for algorithm, digest in sorted(one.hashes)],
        properties=[Property(name="craffu:lock", value=lock) for lock in sorted(one.locks)],
    )


def bill(found: list[Locked]) -> Bom:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    version = re.search(r'__version__ = "([^"]+)"', (ROOT / "craffu" / "__init__.py").read_text(encoding="utf-8"))
    said = "\n".join(f"{one.kind} {one.name} {one.version} {sorted(one.locks)} {sorted(one.hashes)}" for one in found)
    bom = Bom(
        serial_number=uuid.uuid5(SERIALS, hashlib.sha256(said.encode()).hexdigest()),
        components=[component(one) for one in found],
    )
    bom.metadata.component = Component(
        type=ComponentType.APPLICATION,
        name=project["name"],
        version=version[1] if version else None,
        description=project["description"],
        supplier=OrganizationalEntity(name="Craffu"),
        bom_ref="craffu",
    )
    bom.register_dependency(
        bom.metadata.component, [one for one in bom.components if one.scope is ComponentScope.REQUIRED]
    )
    return bom


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="bin/sbom", description="The bill of materials (CycloneDX) from the lock files."
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write it there instead of printing it")
    args = parser.parse_args()
    try:
        found = everything()
    except (OSError, KeyError, ValueError) as fault:
        print(f"bin/sbom: a lock file cannot be used ({fault}).", file=sys.stderr)
        return 2
    text = make_outputter(bill(found), OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2)
    if args.out is None:
        print(text)
        return 0
    args.out.write_text(text + "\n", encoding="utf-8")
    running = sum(one.runs for one in found)
    print(f"{len(found)} packages, {running} of them in what runs: {args.out}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
