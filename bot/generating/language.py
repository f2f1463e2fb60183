"""Which language a question is in: by its script, or by the small words that every sentence has.

A well-known way that takes no model: the language most of whose commonest words are there. English is what is left.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

ENGLISH = "English"

_SMALL_WORDS = {
    ENGLISH: (
        "the of and a an to in is are was were be been do does did has have had who what when where which why how many"
        " much whose by on for with from at that this it he she they there after before about not or if as can could"
        " will would should tell me say said any all"
    ),
    "German": (
        "der die das und ist sind war waren wer was wann wo welche welcher welches warum wie viele viel"
        " wieviel von zu im in den dem des ein eine einen einem einer mit auf für nicht hat haben hatte wurde wurden"
        " nach bei aus über es sie er ich kann gab gibt zum zur laut"
    ),
    "French": (
        "le la les des du de un une et est sont était qui que quoi quand où quel quelle quels quelles pourquoi comment"
        " combien dans sur pour par avec au aux en ne pas a ont été il elle ils ce cette se selon"
    ),
    "Spanish": (
        "el la los las de del un una y es son era fue fueron quién quien qué cuándo dónde cuál cuáles cuántos cuántas"
        " cuánto por para con en al se su no ha han hay según lo"
    ),
    "Italian": (
        "il lo la i gli le di del della dei delle un una e è sono era chi che cosa quando dove quale quali perché come"
        " quanti quante quanto in nel nella per con da al non ha hanno si secondo"
    ),
    "Portuguese": (
        "o a os as de do da dos das um uma e é são era foi quem que quando onde qual quais porque como quantos quantas"
        " quanto em no na nos por para com ao não tem foram segundo"
    ),
    "Dutch": (
        "de het een en is zijn was waren wie wat wanneer waar welke waarom hoe hoeveel van te in op voor met door naar"
        " niet heeft hebben had werd werden er dat die volgens"
    ),
    "Swedish": (
        "och att det som en ett är var vem vad när vilken vilka varför hur många mycket av på för med till från inte"
        " har hade den de i om enligt"
    ),
    "Norwegian": (
        "og at det som en et er var hvem hva når hvor hvilken hvilke hvorfor hvordan mange mye av på for med til fra"
        " ikke har hadde den de i om ifølge"
    ),
    "Danish": (
        "og at det som en et er var hvem hvad hvornår hvor hvilken hvilke hvorfor hvordan mange meget af på for med til"
        " fra ikke har havde den de i om ifølge"
    ),
    "Polish": (
        "i w z na do jest są był była było kto co kiedy gdzie który która jakie dlaczego jak ile ilu nie się o od po"
        " dla przez według czy"
    ),
    "Turkish": (
        "ve bir bu kim ne zaman nerede hangi neden nasıl kaç için ile mi mı mu mü da de değil göre kadar olarak oldu"
    ),
}  # fmt: skip
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_SCRIPTS = {
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "CJK": "Chinese",
    "CYRILLIC": "Russian",
    "GREEK": "Greek",
    "ARABIC": "Arabic",
    "HEBREW": "Hebrew",
    "DEVANAGARI": "Hindi",
    "THAI": "Thai",
}
_UKRAINIAN = re.compile("[іїєґ]", re.I)
_CODES = {
    "en": ENGLISH, "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "nl": "Dutch",
    "sv": "Swedish", "no": "Norwegian", "nb": "Norwegian", "da": "Danish", "pl": "Polish", "tr": "Turkish",
    "ja": "Japanese", "ko": "Korean", "zh": "Chinese", "ru": "Russian", "uk": "Ukrainian", "el": "Greek",
    "ar": "Arabic", "he": "Hebrew", "hi": "Hindi", "th": "Thai",
}  # fmt: skip
_PARTICLES = re.compile(r"(?<=\b[^\W\d_a-zß-ÿ])(\w*)(?:\s+[^\W\d_A-ZÀ-Þ]{1,3}){1,3}(?=\s+[^\W\d_a-zß-ÿ])")
"""What stands between the parts of a name, "de la", is of the name's language, not the question's."""
_LETTERS = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """Return the English name of the language of a text; English where it cannot be told."""
    words = _LETTERS.findall(_PARTICLES.sub(r"\1", text))
    return _by_script("".join(words)) or _by_small_words(words)


def language_named(code: str | None) -> str | None:
    """Return the English name of the language with a code like "de" or "de-AT"; None where it is not known here."""
    return _CODES.get(re.split("[-_]", code.strip().casefold())[0]) if code else None


def _by_script(letters: str) -> str | None:
    scripts = Counter(unicodedata.name(letter, "").partition(" ")[0] for letter in letters)
    foreign = {script: count for script, count in scripts.items() if script in _SCRIPTS}
    if sum(foreign.values()) <= len(letters) / 2:
        return None
    # Japanese is written with Chinese characters as well, Chinese without kana.
    kana = [script for script in ("HIRAGANA", "KATAKANA") if script in foreign]
    script: str = max(kana or foreign, key=lambda each: foreign[each])
    return "Ukrainian" if script == "CYRILLIC" and _UKRAINIAN.search(letters) else _SCRIPTS[script]


def _by_small_words(words: list[str]) -> str:
    # A capital inside a sentence makes a name, whose "de" and "la" are of another language.
    plain = [word.casefold() for place, word in enumerate(words) if place == 0 or not word[0].isupper()]
    counts = {language: sum(word in known for word in plain) for language, known in _WORDS.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] > counts[ENGLISH] else ENGLISH
