"""Fetching a model from a server of the test's own, from a zip, and finding what is installed."""

import hashlib
import io
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ivr.errors import SpeechError
from ivr.speech.models.fetch import download, unpack
from ivr.speech.models.places import installed, language_of
from ivr.speech.models.published import PUBLISHED, Published, find
from ivr.speech.recognisers.choose import best

NAME = "vosk-model-small-en-us-0.15"


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in (files or {f"{NAME}/am/final.mdl": "a model " * 9000, f"{NAME}/README": "hello"}).items():
            archive.writestr(name, content)
    return out.getvalue()


ZIP = zipped()
MODEL = Published(NAME, "en", len(ZIP), hashlib.md5(ZIP).hexdigest())


class Site:
    """Serves one file; breaks off after `limit` bytes."""

    def __init__(self, content=ZIP, limit=None, ranges=True, status=200):
        site = self
        self.content, self.limit, self.asked = content, limit, []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                asked = self.headers.get("Range")
                site.asked.append(asked)
                start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and ranges else 0
                body = site.content[start:]
                self.send_response(status if status != 200 else 206 if start else 200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body[: site.limit] if site.limit else body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/vosk/models"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def site(request):
    site = Site(**getattr(request, "param", {}))
    yield site
    site.close()


def test_a_model_is_fetched_with_progress_and_unpacked(site, tmp_path):
    seen = []
    folder = download(MODEL, site.url, tmp_path / "models", lambda done, of: seen.append((done, of)))
    assert (folder / "README").read_text() == "hello"
    assert folder == tmp_path / "models" / NAME
    assert seen[-1] == (len(ZIP), len(ZIP))
    assert [path.name for path in (tmp_path / "models").iterdir()] == [NAME]


@pytest.mark.parametrize("site", [{"limit": 500}], indirect=True)
def test_a_download_that_broke_off_goes_on_where_it_was(site, tmp_path):
    with pytest.raises(SpeechError, match=r"500 of \d+ bytes are kept: the same command goes on from there"):
        download(MODEL, site.url, tmp_path, lambda *_: None)
    site.limit = None
    assert download(MODEL, site.url, tmp_path, lambda *_: None).is_dir()
    assert site.asked == [None, "bytes=500-"]


@pytest.mark.parametrize("site", [{"ranges": False}], indirect=True)
def test_a_server_that_cannot_go_on_is_read_from_the_beginning(site, tmp_path):
    (tmp_path / f"{NAME}.zip.part").write_bytes(b"x" * 500)
    assert download(MODEL, site.url, tmp_path, lambda *_: None).is_dir()


@pytest.mark.parametrize("site", [{"content": ZIP[:-3] + b"xyz"}, {"content": ZIP + b"more"}], indirect=True)
def test_a_file_that_is_not_the_one_we_know_is_thrown_away(site, tmp_path):
    with pytest.raises(SpeechError, match="is not the file we know"):
        download(MODEL, site.url, tmp_path, lambda *_: None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("site", [{"status": 404}], indirect=True)
def test_a_model_that_is_gone_is_told(site, tmp_path):
    with pytest.raises(SpeechError, match=r"could not be fetched .*Not Found"):
        download(MODEL, site.url, tmp_path, lambda *_: None)


def test_without_a_network_it_says_what_to_do(tmp_path):
    with pytest.raises(SpeechError, match=r"could not be fetched .* then ivr models get ZIP"):
        download(MODEL, "http://127.0.0.1:9/models", tmp_path, lambda *_: None)


def test_a_zip_that_somebody_brought_is_unpacked_in_place_of_the_old_one(tmp_path):
    (tmp_path / NAME).mkdir()
    (tmp_path / NAME / "old").touch()
    (tmp_path / "brought.zip").write_bytes(ZIP)
    assert sorted(path.name for path in unpack(tmp_path / "brought.zip", tmp_path).iterdir()) == ["README", "am"]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({f"{NAME}/../../evil": "x"}, "leads out of the folder"),
        ({"/etc/evil": "x"}, "leads out of the folder"),
        ({"a/x": "1", "b/y": "2"}, "holds one folder, this one 2"),
        ({"holiday/photo": "1"}, "no name of a Vosk model"),
    ],
)
def test_a_zip_that_holds_no_model_is_refused(tmp_path, files, told):
    (tmp_path / "some.zip").write_bytes(zipped(**files))
    with pytest.raises(SpeechError, match=told):
        unpack(tmp_path / "some.zip", tmp_path / "models")
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"no zip", ZIP[:-30], ZIP[:60] + b"\0" * 8 + ZIP[68:]])
def test_a_broken_zip_is_told(tmp_path, content):
    (tmp_path / "some.zip").write_bytes(content)
    with pytest.raises(SpeechError, match=r"not a whole zip|leads out|holds"):
        unpack(tmp_path / "some.zip", tmp_path / "models")


def test_a_zip_that_is_not_there_is_told(tmp_path):
    with pytest.raises(SpeechError, match="No such file"):
        unpack(tmp_path / "none.zip", tmp_path)


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("vosk-model-small-cn-0.22", "zh"),
        ("vosk-model-en-us-0.22-lgraph", "en"),
        ("vosk-model-small-vn-0.4", "vi"),
        ("vosk-model-nl-spraakherkenning-0.6-lgraph", "nl"),
        ("vosk-model-small-ko-0.22", "ko"),
        ("my-model", None),
    ],
)
def test_a_models_name_tells_its_language(name, language):
    assert language_of(name) == language


def test_every_published_models_name_tells_the_language_we_list():
    assert {one.name: language_of(one.name) for one in PUBLISHED} == {one.name: one.language for one in PUBLISHED}
    assert all(one.md5 is None or len(one.md5) == 32 for one in PUBLISHED)
    assert len({one.md5 for one in PUBLISHED}) == len(PUBLISHED)


def test_a_model_is_named_by_language_or_by_its_short_name():
    assert find("zh").name == "vosk-model-small-cn-0.22"
    assert find("small-ko-0.22") == find("ko")
    assert find("tlh") is None


def test_a_fetched_model_is_preferred_to_whisper(tmp_path):
    (tmp_path / NAME).mkdir()
    (tmp_path / "notes").mkdir()
    assert [one.name for one in installed([tmp_path, tmp_path / "none"]) if one.packaged is None] == [NAME]
    assert best("en-GB", [tmp_path]).folder == tmp_path / NAME
    assert best("fi", [tmp_path]) is None
