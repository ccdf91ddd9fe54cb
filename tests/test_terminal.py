"""Test that commands work in terminals of any locale, and that each mistake of an operator gets one sentence."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from app.__main__ import main
from tests.test_command_line import Serving, haren_process, serving

ASCII = {'LC_ALL': 'C', 'PYTHONUTF8': '0', 'PYTHONCOERCECLOCALE': '0'}


@pytest.fixture(scope='session')
def latin(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Make a Latin-1 locale and return its environment. Skip the test where the machine has no sources of locales."""
    folder = tmp_path_factory.mktemp('locales')
    if not shutil.which('localedef'):
        pytest.skip('this machine has no localedef')
    made = subprocess.run(
        ['localedef', '-i', 'sv_SE', '-f', 'ISO-8859-1', folder / 'sv_SE.latin'], capture_output=True, check=False
    )
    if not (folder / 'sv_SE.latin').exists():
        pytest.skip(f'this machine can not make a Latin-1 locale: {made.stderr!r}')
    return {'LOCPATH': str(folder), 'LC_ALL': 'sv_SE.latin', 'PYTHONUTF8': '0', 'PYTHONCOERCECLOCALE': '0'}


@pytest.fixture(params=['ascii', 'latin'])
def locale(request: pytest.FixtureRequest) -> dict[str, str]:
    """Return the environment of a locale that knows less than UTF-8."""
    return ASCII if request.param == 'ascii' else dict(request.getfixturevalue('latin'))


def test_somebody_is_invited_under_any_locale(tmp_path: Path, locale: dict[str, str]) -> None:
    invited = haren_process('invite', '--role', 'admin', 'Åsa Öberg 🦊', folder=tmp_path, **locale)
    assert (invited.returncode, invited.stderr) == (0, '')
    assert '/join/' in invited.stdout.split()[0]
    assert '█' not in invited.stdout
    assert '?' not in invited.stdout
    exported = tmp_path / 'db.json'
    assert haren_process('export', str(exported), folder=tmp_path, **locale).returncode == 0
    assert 'Åsa Öberg 🦊' in exported.read_text(encoding='utf-8')


@pytest.mark.alone
def test_pages_are_served_under_any_locale(tmp_path: Path, locale: dict[str, str]) -> None:
    assert haren_process('demo', folder=tmp_path, **locale).returncode == 0
    with serving(tmp_path, **locale) as served, httpx.Client(base_url=served.url, follow_redirects=True) as browser:
        home = browser.get('/', headers={'accept-language': 'sv'}).text
        assert 'å' in home
        links = links_in(served)
        browser.post(f'/join/{links["admin"].rpartition("/")[2]}')
        for path in ('/', links['a sticker'], '/feed', '/sites', '/stickers.pdf', '/openapi.json', '/api/v1/sites'):
            answer = browser.get(path, headers={'accept-language': 'sv'})
            assert answer.status_code == 200, path
            assert 'Ã' not in answer.text or path.endswith('.pdf'), path


def links_in(served: Serving) -> dict[str, str]:
    """Read the links of the demo from the terminal."""
    assert served.process.stdout is not None
    lines: Iterator[list[str]] = (line.split() for line in iter(served.process.stdout.readline, ''))
    links: dict[str, str] = {}
    while 'admin' not in links:
        words = next(lines)
        if words and '/' in words[-1]:
            links[' '.join(words[:-1])] = words[-1]
    return links


@pytest.fixture
def complaint(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run a command that fails. Return what it says."""

    def run(*words: str, folder: Path, **environment: str) -> str:
        for name, value in ({'HAREN_DATA': str(folder)} | environment).items():
            monkeypatch.setenv(name, value)
        try:
            status = main(words)
        except SystemExit as wrong_usage:
            status = int(str(wrong_usage.code))
        said = capsys.readouterr()
        assert status in (1, 2)
        assert said.out == ''
        return said.err

    return run


LONG = 'Åsa ' * 500


@pytest.mark.parametrize(
    ('words', 'sentence'),
    [
        (('invite', ''), 'Give it a name.'),
        (('invite', ' \t\n '), 'Give it a name.'),
        (('invite', LONG), 'at most 120 fit'),
        (('invite', 'Åsa\ud83e'), 'can not be read'),
        (('invite', '--role', 'mayor', 'Åsa'), "invalid choice: 'mayor'"),
        (('invite',), 'the following arguments are required'),
        (('import', '/nowhere/db.json'), '/nowhere/db.json: No such file or directory'),
        (('import', '/'), '/: Is a directory'),
        (('restore', '/nowhere/haren.tar'), '/nowhere/haren.tar is not a whole backup: No such file'),
        (('restore', __file__), 'is not a whole backup: file could not be opened successfully'),
        (('backup', '/nowhere/haren.tar'), 'holds no data'),
        (('export', '/nowhere/db.json'), 'holds no data'),
        (('check',), 'holds no data'),
        (('repair',), 'holds no data'),
        (('mayor',), "invalid choice: 'mayor'"),
    ],
    ids=range(15),
)
def test_a_mistake_gets_a_sentence(
    tmp_path: Path, complaint: Callable[..., str], words: tuple[str, ...], sentence: str
) -> None:
    said = complaint(*words, folder=tmp_path / 'store')
    assert sentence in said
    assert 'Traceback' not in said
    assert said.count('\n') == 1 or said.startswith('usage: ')


@pytest.mark.parametrize(
    'words', [('invite', 'Åsa'), ('serve',), ('demo',), ('export', '/nowhere/db.json'), ('check',)]
)
@pytest.mark.parametrize('kind', ['file', 'in a file', 'read-only'])
def test_a_folder_that_can_not_be_used_gets_a_sentence_and_stays_as_it_is(
    tmp_path: Path, complaint: Callable[..., str], words: tuple[str, ...], kind: str
) -> None:
    file = tmp_path / 'file'
    file.write_text('mine', encoding='utf-8')
    file.chmod(0o644)
    folder = {'file': file, 'in a file': file / 'store', 'read-only': Path('/proc/store')}[kind]
    said = complaint(*words, folder=folder, HOST='127.0.0.1', PORT='18765')
    assert said.startswith('That did not work: ') or 'holds data already' in said
    assert said.count('\n') == 1
    assert file.stat().st_mode & 0o777 == 0o644
    assert file.read_text(encoding='utf-8') == 'mine'


@pytest.mark.parametrize(
    ('name', 'value', 'sentence'),
    [
        ('PORT', 'http', 'PORT=http: Input should be a valid integer'),
        ('PORT', '70000', 'PORT=70000: Input should be less than or equal to 65535'),
        ('HOST', 'no host at all', 'HOST=no host at all'),
        ('HAREN_URL', 'haren.boras.se', 'HAREN_URL=haren.boras.se: Input should be a valid URL'),
        ('HAREN_URL', 'ftp://haren.boras.se', "URL scheme should be 'http' or 'https'"),
        ('HAREN_URL', 'https://haren.boras.se/haren', 'an address without a path'),
    ],
    ids=range(6),
)
def test_a_wrong_setting_is_named(
    tmp_path: Path, complaint: Callable[..., str], name: str, value: str, sentence: str
) -> None:
    said = complaint('serve', folder=tmp_path, **{name: value})
    assert sentence in said
    assert 'Traceback' not in said


def test_an_empty_setting_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ('PORT', 'HOST', 'HAREN_URL'):
        monkeypatch.setenv(name, '')
    assert main(['--data', str(tmp_path / 'store'), 'invite', 'Åsa']) == 0


def test_an_emptied_journal_is_not_called_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(['--data', str(tmp_path), 'invite', 'Åsa']) == 0
    journal = tmp_path / 'journal-00000001'
    whole = journal.read_bytes()
    capsys.readouterr()
    for content in (b'', whole[:10], bytes(len(whole))):
        journal.write_bytes(content)
        assert main(['--data', str(tmp_path), 'check']) == 1
        said = capsys.readouterr().out
        assert f'{journal} is empty.' in said
        assert 'All is well' not in said
    journal.write_bytes(whole)
    assert main(['--data', str(tmp_path), 'check']) == 0
    assert 'All is well' in capsys.readouterr().out
    (tmp_path / 'journal-00000002').touch()
    assert main(['--data', str(tmp_path), 'check']) == 0
    assert 'Nothing else is damaged' in capsys.readouterr().out
