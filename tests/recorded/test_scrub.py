"""What is recorded holds no key, and nothing of the machines on either side."""

import gzip
import json
import re

import pytest
import vcr
from chat_server import ANSWER, Server, answer
from readings import PLANTS
from recorded.book import BOOK, CASSETTES, read
from recorded.scrub import neutral_address, neutral_model, vcr_settings

from extractor import LLMDrafter

KEY = "sk-thisIsTheKey0123456789"
FILE = "/home/thisPerson/.cache/models/secret-model.Q4_K_M.gguf"
HEADERS = {
    "openai-organization": "org-thisOrganisation",
    "openai-project": "proj_thisProject",
    "set-cookie": "session=thisCookie",
    "x-request-id": "thisRequest",
    "server": "nginx/1.2 (thisHost)",
}
BODY = {
    **answer('{"facilities": [{"investment": "f1"}]}', logprobs={"thisField": 1}),
    "id": "chatcmpl-thisCompletion",
    "model": FILE,
    "system_fingerprint": "thisFingerprint",
    "timings": {"prompt_ms": 12345.678},
    "__verbose": {"generation_settings": {"model": FILE}},
    "usage": {**ANSWER["usage"], "billed_to": "thisAccount"},
}
REFUSAL = {
    "error": {"message": f"Rate limit for {KEY} in org-thisOrganisation", "code": "rate_limit_exceeded"}
}

LOOKS_SECRET = re.compile(
    r"\bsk-\w{6}|\borg-\w{6}|\bproj_\w{6}|\b(?:gsk|hf|xai|pplx)_\w{8}|\bAIza\w{8}|\bAKIA\w{8}|\bBearer\b"
    r"|authorization|api[-_]key|cookie|x-request-id|system_fingerprint|timings"
    r"|/home/|/root/|/Users/|[A-Z]:\\+Users|\.cache|\.gguf|\.safetensors|\b\d{1,3}(?:\.\d{1,3}){3}\b",
    re.IGNORECASE,
)


@pytest.mark.block_network(allowed_hosts=["127.0.0.1"])
class TestRecording:
    @pytest.fixture
    def cassette(self, tmp_path):
        """What is on file of a refusal and an answer, of a server that tells everything."""
        path = tmp_path / "leaking.yaml"
        with Server() as server, vcr.use_cassette(str(path), record_mode="all", **vcr_settings()):
            server.replies = [(429, {**HEADERS, "retry-after": "0"}, REFUSAL), (200, HEADERS, BODY)]
            LLMDrafter(FILE, base_url=server.url, api_key=KEY, backoff=0.01).draft(PLANTS)
            assert len(server.requests) == 2
            self.address = server.url
        return path

    def test_nothing_of_the_key_or_of_a_machine_is_kept(self, cassette):
        kept = cassette.read_text("utf-8")

        assert '\\"investment\\":' in kept.replace(" ", "")
        assert not re.findall("this[A-Z]", kept)
        assert not LOOKS_SECRET.findall(kept)
        for told in ("12345.678", self.address, KEY):
            assert told not in kept

    def test_the_model_keeps_a_name_that_is_no_path(self, cassette):
        assert '"model":"secret-model.Q4_K_M"' in cassette.read_text("utf-8")

    def test_what_was_no_answer_is_not_kept(self, cassette):
        assert "rate_limit" not in cassette.read_text("utf-8")

    def test_a_packed_answer_is_kept_unpacked(self):
        scrub = vcr.VCR(**vcr_settings()).get_merged_config()["before_record_response"]
        packed = gzip.compress(json.dumps(BODY).encode())
        response = {
            "status": {"code": 200, "message": "OK"},
            "headers": {"content-encoding": ["gzip"]},
            "body": {"string": packed},
        }

        kept = scrub(response)

        assert json.loads(kept["body"]["string"])["choices"][0]["message"]["content"].startswith("{")
        assert kept["headers"] == {"content-type": ["application/json"]}


@pytest.mark.parametrize(
    "secret",
    ["Authorization: Bearer x", KEY, "org-thisOrganisation", FILE, "C:\\Users\\me", "http://10.0.0.7:8080"],
)
def test_the_search_for_secrets_finds_them(secret):
    assert LOOKS_SECRET.search(f'"{secret}"')


@pytest.mark.parametrize("path", [*sorted(CASSETTES.glob("*.yaml")), BOOK], ids=lambda path: path.name)
def test_no_cassette_has_what_looks_secret(path):
    assert LOOKS_SECRET.findall(path.read_text("utf-8")) == []


def test_every_cassette_is_in_the_book():
    assert {path.stem for path in CASSETTES.glob("*.yaml")} == set(read())


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("gpt-5-mini", "gpt-5-mini"),
        ("Qwen/Qwen2.5-7B-Instruct", "Qwen/Qwen2.5-7B-Instruct"),
        ("qwen2.5:7b", "qwen2.5:7b"),
        ("/data/models/small.Q4.gguf", "small.Q4"),
        ("small.gguf", "small"),
        ("./models/small", "small"),
        ("C:\\models\\small.gguf", "small"),
    ],
)
def test_a_model_that_is_a_file_loses_its_folders(name, kept):
    assert neutral_model(name) == kept


def test_only_the_address_of_openai_is_kept():
    assert neutral_address("https://api.openai.com/v1/") == "https://api.openai.com/v1"
    assert neutral_address("https://models.somebody.example:8000/v1") == "http://localhost/v1"
