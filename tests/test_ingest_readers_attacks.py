"""Bad files: each ends with a named outcome, soon, and none changes what is read of the others."""

import os
import random
from pathlib import Path

import pytest

from attacks import Attack, office_files, pdf_files, text_files
from ingest.errors import IngestError
from ingest.extract import Extract
from ingest.readers.pool import Outcome, ReaderPool
from ingest.readers.sources import Limits

ATTACKS = (*pdf_files.ATTACKS, *office_files.ATTACKS, *text_files.ATTACKS)
LIMITS = Limits(
    file_bytes=10_000_000, seconds=8, memory_bytes=450_000_000, text_chars=5_000_000, unpacked_bytes=60_000_000
)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """Every attack with a good file behind it, read by one pool."""
    folder = tmp_path_factory.mktemp("attacks")
    good = folder / "good.pdf"
    good.write_bytes(pdf_files.good())
    files = [path for attack in ATTACKS for path in (attack.write(folder), good)]
    with ReaderPool(2, limits=LIMITS) as pool:
        read = list(pool.read_all(files))
    assert [member.path for member, _ in read] == files
    after = {id(outcome): outcome for member, outcome in read if member.path == good}.values()
    assert all(
        isinstance(outcome, Extract) and outcome.text == ["よい文書", "取組\t甲", "医療\t整備"] for outcome in after
    )
    return {member.path.name: outcome for member, outcome in read}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_a_bad_file_ends_with_a_named_outcome(attack: Attack, outcomes: dict[str, Outcome]) -> None:
    outcome = outcomes[attack.name]
    assert type(outcome).__name__ == attack.outcome, outcome
    if isinstance(outcome, IngestError):
        assert attack.name in str(outcome)
        assert attack.says in str(outcome)
    else:
        assert attack.says in "\n".join([*(notice.says for notice in outcome.notices), *outcome.text])


def test_the_catalogue_has_more_than_fifty_kinds() -> None:
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS) > 50


def test_a_file_that_takes_too_long_is_refused_at_the_deadline(tmp_path: Path) -> None:
    slow = tmp_path / "slow.pdf"
    slow.write_bytes(pdf_files.one_page("\n".join("0 0 m 9 9 l S" for _ in range(60_000))))
    with ReaderPool(1, limits=Limits(seconds=0.05)) as pool:
        ((_, outcome),) = pool.read_all([slow])
    assert type(outcome).__name__ == "RefusedFile"
    assert "longer than 0.05 s" in str(outcome)


def test_a_file_that_needs_too_much_memory_is_refused_and_the_next_one_is_read(tmp_path: Path) -> None:
    greedy, good = tmp_path / "greedy.xlsx", tmp_path / "good.pdf"
    rows = "".join(f'<row r="{r}">{"<c><v>1</v></c>" * 1000}</row>' for r in range(1, 201))
    greedy.write_bytes(office_files.sheet(rows))
    good.write_bytes(pdf_files.good())
    with ReaderPool(1, limits=Limits(memory_bytes=250_000_000)) as pool:
        outcomes = [outcome for _, outcome in pool.read_all([greedy, good])]
    assert type(outcomes[0]).__name__ == "RefusedFile"
    assert "memory" in str(outcomes[0])
    assert isinstance(outcomes[1], Extract)


@pytest.mark.skipif(os.name == "nt", reason="no such files there")
def test_pipes_folders_and_missing_files_are_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.pdf").mkdir()
    files = [tmp_path / name for name in ("pipe.txt", "folder.pdf", "missing.txt", "old.doc", "photo.heic")]
    with ReaderPool(1) as pool:
        outcomes = [outcome for _, outcome in pool.read_all(files)]
    assert [type(outcome).__name__ for outcome in outcomes] == ["UnreadableFile"] * 3 + ["UnsupportedFile"] * 2
    assert "convert it to one of .docx" in str(outcomes[3])
    assert all(str(file) in str(outcome) for file, outcome in zip(files, outcomes, strict=True))


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return a file with a few bytes changed, lost, repeated or put in."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 20))):
        at, length = chance.randrange(len(changed)), chance.randrange(1, 40)
        edits = (b"", chance.randbytes(length), bytes(changed[:length]), b"-1", b"99999999999")
        changed[at : at + chance.choice((0, 1, length))] = chance.choice(edits)
        changed = changed or bytearray(b"x")
    return bytes(changed)


def test_files_with_random_damage_end_as_an_extract_or_a_named_error(tmp_path: Path) -> None:
    chance = random.Random(20240401)  # noqa: S311  the same damage each time
    page = b"<!DOCTYPE html><html><body><table><tr><td rowspan=2>a<td>b</table><ul><li>c</ul></body></html>"
    seeds = {
        "pdf": pdf_files.good(),
        "xlsx": office_files.workbook(),
        "docx": office_files.document(),
        "html": page,
        "txt": "圏域の取組\t甲の役割\n".encode("cp932") * 5,
    }
    files = []
    for suffix, seed in seeds.items():
        for number in range(20):
            files.append(tmp_path / f"{number}.{suffix}")
            files[-1].write_bytes(mutated(seed, chance))
    with ReaderPool(2, limits=LIMITS) as pool:
        outcomes = list(pool.read_all(files))
    assert [member.path for member, _ in outcomes] == files
    assert all(isinstance(outcome, Extract) or str(member.path) in str(outcome) for member, outcome in outcomes)
    assert {type(outcome).__name__ for _, outcome in outcomes} <= {"Extract", "UnreadableFile", "RefusedFile"}
