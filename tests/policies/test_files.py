"""Policy files are read safely, and a version names what they say."""

from pathlib import Path

import pytest

from anwang.adapters.policy_files import (
    MAX_BYTES,
    MAX_DEPTH,
    load_policy,
    parse_policy_text,
    policy_from_texts,
    read_policy_texts,
)
from anwang.domain.policy import PolicyError
from anwang.domain.policy.nodes import Items, Scalar

FOLDER = Path(__file__).parents[2] / "policies" / "linyi-2020-9"


def only_fault(text: str) -> str:
    table, faults = parse_policy_text(text, "a.yaml")
    assert table is None
    return str(faults[0])


def test_a_value_stays_as_written_with_its_line() -> None:
    table, faults = parse_policy_text("a: 1\nb: [no, '08', 2020-03-05]\nc: null\n", "a.yaml")
    assert table is not None
    assert not faults
    values = table.get("b")
    assert isinstance(values, Items)
    assert [node.text for node in values.nodes if isinstance(node, Scalar)] == ["no", "08", "2020-03-05"]
    assert values.mark.line == 2
    empty = table.get("c")
    assert isinstance(empty, Scalar)
    assert empty.is_empty


@pytest.mark.parametrize("text", ["a: &x [1]\nb: *x\n", "a: &x 1\n", "a: 1\n<<: *b\n"])
def test_anchors_and_aliases_are_refused(text: str) -> None:
    assert "锚点和别名" in only_fault(text)


@pytest.mark.parametrize("text", ["a: " + "[" * 5000, "- " * 5000 + "a", "a: " + "{b: " * (MAX_DEPTH + 1)])
def test_deep_nesting_is_refused_and_does_not_crash(text: str) -> None:
    assert f"不超过 {MAX_DEPTH} 层" in only_fault(text)


def test_a_tag_builds_no_object() -> None:
    table, _ = parse_policy_text("a: !!python/object/apply:os.getcwd []\n", "a.yaml")
    assert table is not None
    assert table.get("a") == Items((), table.get("a").mark)  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["", "- a\n", "a\n", "a: 1\n---\nb: 2\n"])
def test_a_file_is_one_table(text: str) -> None:
    assert "只有一个文档" in only_fault(text)


def test_broken_yaml_names_its_line() -> None:
    assert only_fault("a: 1\nb: [1\nc: 2\n").startswith("a.yaml:3 ：应为合法的 YAML")


def test_a_key_is_one_word() -> None:
    assert "键应为单个词" in only_fault("? [a, b]\n: 1\n")


def test_an_empty_folder_is_no_policy(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"方案文件夹应有 1 至 40 个 \.yaml 文件"):
        load_policy(tmp_path)


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(PolicyError, match="不超过 524288 字节"):
        load_policy(tmp_path)


def test_a_file_in_another_encoding_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_bytes(b"format: 1\nname: " + "安网".encode("gb18030"))
    with pytest.raises(PolicyError, match=r"policy\.yaml:2 ：文件应为 UTF-8 编码"):
        load_policy(tmp_path)


def test_an_unreadable_file_does_not_hide_the_faults_of_the_others() -> None:
    texts = read_policy_texts(FOLDER)
    texts["duties.yaml"] = "duties: [\n"
    texts["visits.yaml"] = texts["visits.yaml"].replace("per_day: 1", "per_day: 0")
    with pytest.raises(PolicyError) as caught:
        policy_from_texts(texts)
    assert [fault.mark.file for fault in caught.value.faults] == ["duties.yaml", "visits.yaml"]


@pytest.mark.slow
def test_the_version_is_of_the_content_not_of_comments_layout_or_examples() -> None:
    texts = read_policy_texts(FOLDER)
    version = policy_from_texts(texts).version
    assert len(version) == 16
    texts["visits.yaml"] = "# 说明\n" + texts["visits.yaml"].replace("per_day: 1 ", "per_day:   '1' ").replace(
        "\n", "\r\n"
    )
    texts["cases.yaml"] = texts["cases.yaml"].replace("三次轻伤、条件仍在，是重大", "三次轻伤是重大")
    assert policy_from_texts(texts).version == version
    texts["visits.yaml"] = texts["visits.yaml"].replace("per_month: 2", "per_month: 3")
    assert policy_from_texts(texts).version != version


def test_a_policy_kept_as_texts_is_the_same_policy() -> None:
    assert policy_from_texts(read_policy_texts(FOLDER)) == load_policy(FOLDER)
