"""Scripts are told by the whole of Unicode, languages by scripts and langdetect."""

import sys
from collections import Counter
from unicodedata import category, name

import pytest

from toolkit.language.detection import language_of, tag_of
from toolkit.language.scripts import is_known, letters, letters_of, main_script

NAMES = {
    "LATIN": "Latn",
    "GREEK": "Grek",
    "CYRILLIC": "Cyrl",
    "HEBREW": "Hebr",
    "ARABIC": "Arab",
    "DEVANAGARI": "Deva",
    "THAI": "Thai",
    "LAO": "Laoo",
    "KHMER": "Khmr",
    "MYANMAR": "Mymr",
    "ETHIOPIC": "Ethi",
    "SINHALA": "Sinh",
    "TIBETAN": "Tibt",
    "MONGOLIAN": "Mong",
    "CHEROKEE": "Cher",
    "ADLAM": "Adlm",
    "HANGUL": "Hang",
    "CJK": "Hani",
    "KATAKANA": "Kana",
    "HIRAGANA": "Hira",
}


def test_letters_are_of_the_script_that_they_are_named_by():
    """The names of characters are Python's own data, which the table is not made of."""
    seen = Counter()
    for point in range(sys.maxunicode):
        character = chr(point)
        is_letter = category(character) in {"Lu", "Ll", "Lo"}
        word = name(character, "").split(" ")[0].split("-")[0] if is_letter else ""
        if word in NAMES:
            script, count = main_script(character)
            assert script in {NAMES[word], ""}, hex(point)
            seen[word, bool(count)] += 1
    for word in NAMES:
        # A few are shared, such as Arabic's and Katakana's lengthening marks.
        assert seen[word, True] > 20 * seen[word, False], word


def test_every_letter_of_a_text_is_of_a_script():
    text = "a\u00df\u4e2d\u3042\u30a2\ud55c\u0e01\u1780\u1200\u0d85\u0f40\U0001e900"
    assert letters(text) == 12
    for script, count in {"Latn": 2, "Jpan": 3, "Hans": 1, "Kore": 1, "Khmr": 1, "Adlm": 1}.items():
        assert is_known(script)
        assert letters_of(text, script) == count
    assert not is_known("Zyyy")
    assert main_script("123 !?") == ("", 0)


@pytest.mark.parametrize(
    ("text", "tag"),  # Sentences of a few words, in their language's own script.
    [
        ("សូមដំឡើងកម្មវិធីជាមុនសិន បន្ទាប់មកពិនិត្យមើលស្ថានភាពនៃម៉ាស៊ីនទាំងអស់មុនពេលបន្ត", "km"),
        ("ກະລຸນາຕິດຕັ້ງໂປຣແກຣມກ່ອນ ຈາກນັ້ນກວດສອບສະຖານະຂອງເຄື່ອງທັງໝົດກ່ອນດຳເນີນການຕໍ່ໄປ", "lo"),
        ("እባክዎ መጀመሪያ ፕሮግራሙን ይጫኑ ከዚያም ከመቀጠልዎ በፊት የሁሉንም ማሽኖች ሁኔታ ይመልከቱ እና ያረጋግጡ", "am"),
        ("කරුණාකර පළමුව වැඩසටහන ස්ථාපනය කර ඉදිරියට යාමට පෙර සියලුම යන්ත්‍රවල තත්ත්වය පරීක්ෂා කර බලන්න", "si"),
        ("ကျေးဇူးပြု၍ ပရိုဂရမ်ကို ဦးစွာ ထည့်သွင်းပါ၊ ထို့နောက် ရှေ့ဆက်မလုပ်မီ စက်အားလုံး၏ အခြေအနေကို စစ်ဆေးပါ", "my"),
        ("ދިވެހި ބަހުން ލިޔެފައިވާ މި ޞަފްޙާގައި ޕްރޮގްރާމް އިންސްޓޯލް ކުރާނެ ގޮތް ކިޔައިދެއެވެ", "dv"),
        ("Сначала установите компоненты на каждом узле, затем проверьте кластер.", "ru"),
        ("Πρώτα εγκαταστήστε τα στοιχεία σε κάθε κόμβο και μετά ελέγξτε τη συστάδα.", "el"),
        ("123 ... !!! ???", ""),
    ],
)  # fmt: skip
def test_languages_by_their_scripts(text, tag):
    assert tag_of(f"{text} {text}") == tag


def test_pages_count_once_however_long_they_are():
    english = "First install the components on every node, then look at the cluster.\n"
    german = "Zuerst werden die Bestandteile auf jedem Knoten eingerichtet und geprüft.\n"
    found = language_of([english, english, german * 40])
    assert found is not None
    assert (found.tag, round(found.share, 2)) == ("en", 0.67)
    assert found.others[0][0] == "de"


def test_pages_that_are_too_short_are_taken_together():
    assert language_of(["Install it now."] * 2) is None
    found = language_of(["Install it now, please.", "Then look at the cluster.", "It should run."])
    assert found is not None
    assert found.tag == "en"
