"""Fetches the front-end libraries from npm and puts their edited copies under static/.

Run by hand, commit what it writes: .venv/bin/python .ci/vendor.py

GOV.UK Frontend loses the GDS Transport font, the crown and the crest, which only services on GOV.UK may show.
Plotly's styles are dumped to a file, since the script would otherwise write them into the page, which our
Content-Security-Policy forbids.
"""

import json
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
PACKAGES = ["govuk-frontend@6.6.0", "plotly.js-basic-dist-min@4.1.1", "axe-core@4.14.1"]
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
DUMP_RULES = """[...document.getElementById('plotly.js-style-global').sheet.cssRules]
    .map(rule => rule.cssText).reverse().join('\\n')"""


def fetch(package: str, folder: Path) -> Path:
    """Unpack one npm package and return its folder. npm checks the download against the registry's hash."""
    packed = subprocess.run(
        ["npm", "pack", "--json", "--ignore-scripts", package], cwd=folder, check=True, capture_output=True, text=True
    )
    answer = json.loads(packed.stdout)
    entry = answer[0] if isinstance(answer, list) else next(iter(answer.values()))
    target = folder / package.split("@")[0]
    with tarfile.open(folder / entry["filename"]) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def without_government_marks(css: str) -> str:
    """Take out the font, its notice, the crest and the source map; stop if the file is not as expected."""
    css = re.sub(r"@font-face\{font-family:GDS Transport[^}]*\}", "", css)
    css = re.sub(r"/\*! Copyright \(c\) 2011 by Margaret[^*]*\*/", "", css)
    assert css.count("GDS Transport,arial,sans-serif") == 58
    css = css.replace("GDS Transport,arial,sans-serif", "arial,sans-serif")
    css, crests = re.subn(r"url\(/assets/images/govuk-crest\.svg\)", "none", css)
    assert crests == 3
    css = re.sub(r"\n?/\*# sourceMappingURL=.*?\*/", "", css)
    for word in ("GDS Transport", "govuk-crest", "url(/assets", "sourceMappingURL"):
        assert word not in css, word
    return css


def vendor_govuk(package: Path) -> None:
    dist = package / "dist" / "govuk"
    target = STATIC / "govuk"
    target.mkdir(parents=True, exist_ok=True)
    css = without_government_marks((dist / "govuk-frontend.min.css").read_text(encoding="utf-8"))
    (target / "govuk-frontend.min.css").write_text(css.strip() + "\n", encoding="utf-8")
    script = (dist / "govuk-frontend.min.js").read_text(encoding="utf-8")
    (target / "govuk-frontend.min.js").write_text(
        re.sub(r"\n?//# sourceMappingURL=.*", "", script).strip() + "\n", encoding="utf-8"
    )


def vendor_plotly(package: Path) -> None:
    from playwright.sync_api import sync_playwright

    target = STATIC / "plotly"
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(package / "plotly-basic.min.js", target / "plotly-basic.min.js")
    shutil.copy(package / "LICENSE", target / "LICENSE")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        page = browser.new_page()
        page.set_content("<!doctype html><title>Styles</title>")
        page.add_script_tag(path=target / "plotly-basic.min.js")
        (target / "plotly.css").write_text(page.evaluate(DUMP_RULES) + "\n", encoding="utf-8")
        browser.close()


def vendor_axe(package: Path) -> None:
    shutil.copy(package / "axe.min.js", ROOT / "tests" / "journeys" / "axe.min.js")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        govuk, plotly, axe = (fetch(package, Path(name)) for package in PACKAGES)
        vendor_govuk(govuk)
        vendor_plotly(plotly)
        vendor_axe(axe)


if __name__ == "__main__":
    main()
