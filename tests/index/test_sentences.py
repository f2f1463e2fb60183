from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.sentences import split_sentences


def sentences_of(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split_sentences(text)]


# "‖" stands where a sentence ends and the next begins.
HARD_CASES = {
    "layout: rows, items, lines": [
        'He said: "Never."‖\nShe left.',
        "The report runs\nover two lines.‖ It ends here.",
        "- One thing.‖\n- Another thing.‖ With more.",
        "1. First of all.‖\n2. Second of all.",
        "• Point one\n‖• Point two",
        "Name | Age | Town.‖\nAnn | 3 | Rome. Italy.",
        "Heading without stop\n\n‖Body text here.‖ It goes on.",
        "• Use long passwords. ‖Too many do not.",
    ],
    "other scripts and languages": [
        "他来了。‖她走了！‖真的吗？‖是的。",
        "وصل الوفد.‖ هل غادر؟‖ نعم غادر.",
        "Das Treffen war am 3. Oktober.‖ Es war kurz.",
        "Das Treffen fand am 3. Oktober statt.‖ Es dauerte z. B. drei Stunden.",
        "Prof. Dr. Weiss sagte nichts.‖ Er ging.",
        "Bonn, 3. März.‖ Es regnete.",
        "Er kam am 21. Juli an.‖ Sie blieb.",
        "Il a dit : « Oui. »‖ Elle est partie.",
        "¿Vienes?‖ Sí.‖ ¡Vamos!",
        "El Sr. Paz y la Sra. Sol hablaron.‖ Se fueron.",
        "यह सच है।‖ वह गया।",
        "他说：“我走。”‖她没走。",
    ],
    "ellipses": [
        "He paused ... and went on.‖ Then he stopped.",
        "He paused… and went on.‖ Then he stopped.",
        "He stopped...‖ It was over.",
        "He stopped…‖ It was over.",
        "“I thought … well, no,” she said.‖ It ended.",
        "He said … nothing.‖ “…” she wrote.",
        "Nobody came …‖ But Ida did.",
        "It was the worst day...ever.‖ We left.",
        "Well... I think so.‖ Maybe.",
        "He said, “I… I don’t know.”‖ He cried.",
        "“We lost … ‖You know why,” he said.",
    ],
    "missing spaces": [
        "The talks ended.‖The next round is in May.",
        "The war has ended.‖The next day was quiet.",
        "Go to example.Com now.",
        "Ph.D. students struck.‖ They won.",
        "She holds a Ph.D.‖ He holds a B.A. in law.",
    ],
    "addresses": [
        "Visit example.com for more.‖ Or write to a.b@example.com today.",
        "Read it at https://www.example.com/a.b?c=d.‖ Then decide.",
        "Log on to www.example.org.‖ It is free.",
        "Follow @desk on X.‖ Or call 555.0100 now.",
        "Version 10.2.1 fixes it.‖ Update now.",
    ],
    "quotations": [
        "“It is over,” he said.‖ “We go home.”",
        "“Is it over?” she asked.‖ “It is.”",
        "“Stop!” he shouted.‖ Nobody did.",
        "He said: “We go.‖ We stay.”‖ Then he left.",
        "“The plan failed.‖ We start again.”‖ The room was silent.",
        "He said no.”‖ She said yes.",
        '"It works," Lee said.‖ "We tested it."',
        '"It works."‖ The crowd cheered.',
        '"Why now?"‖ Nobody knew.',
        "He called it “a disaster.”‖ Others agreed.",
        'He called it "a disaster."‖ Others agreed.',
        "‘It is late.’‖ She left.",
        "“We won’t go.‖ Not now, not ever,” Sidney said.‖ He left.",
        "(“It is over,” he said.)‖ She nodded.",
        "He said he was “done.”‖ She was not.",
        "“Go,” he said, “now.”‖ She went.",
        'The Kremlin said: "We deny it."‖ Kyiv said: "It is true."',
        "“What?!” he cried.‖ “Never!”",
        "He asked, “Why?” and left.‖ She stayed.",
        "The film “Help!” was a hit.‖ It made millions.",
        "The film “Who?” was a flop.‖ It lost millions.",
        "“I am here.”—the mayor.",
        'He said "yes."‖ "No," she said.',
        "“They left.‖ ‘Go,’ he said.‖ And they did.”‖ So it ended.",
        "“We are ready.‖ We have been ready for a year.‖ Nobody asked,” the mayor said.‖ He smiled.",
        "She wrote: ‘Come home.’‖ He did.",
        "“He told me ‘Go home.’‖ I went,” she said.‖ They laughed.",
        "Is it true that “nobody knows?”‖ It is not.",
        "“We don’t know what happened,” said Chief Ana Ruiz.‖ “We may never know.”",
        "“I, for one, am glad!” he said.‖ “Are you?”",
        "“No.‖ It is not,” she said.",
        "The so-called “war on drugs” failed.‖ Everyone knows it.",
        "“U.S. troops left.‖ U.N. troops stayed.”",
        "“We will win,” Smith said.‖ “They won’t.‖ Ever.”",
        "“Sound high?” Dr. Ada Jha asked.‖ “It is.”",
        "“Who pays?” Mayor Lee of Ashford said.‖ Nobody spoke.",
        "He asked “Who pays?”‖ The crowd said nothing.",
    ],
    "brackets": [
        "The vote was close.‖ (It was 5-4.)‖ Nobody left.",
        "The vote (it was 5-4.) was close.‖ Nobody left.",
        "He left (at 5 p.m.) for home.‖ She stayed.",
        "The law (Art. 5, Sec. 3) applies.‖ It ended.",
        "He died (aged 80).‖ She mourned.",
        "It rose [see above].‖ It fell.",
        "Sen. Bo Dee (R-Texas) spoke.‖ Sen. Al Foo (D-Calif.) did not.",
        "Thousands died.[1]‖ More fled.",
        "The firm hired Lt. Gen. Ray Osei (ret.) in May.‖ He quit in June.",
        "A man was held.[2]‖ Another fled.[3][4]",
        "This is a list: a) one; b) two.‖ It ends.",
        "At noon, Gov. J.B. Hale (D) spoke.‖ He was brief.",
        "Nearly half (49.5 percent) agreed.‖ The rest did not.",
        "It fell 3 percent (to $4. It was $5.)",
        "Maj. Gen. (ret.) Tal said so.‖ He left.",
    ],
    "clock": [
        "The ship left at 6 p.m.‖ Rescue began at once.",
        "The ship left at 6 p.m. on Friday.‖ Rescue began.",
        "Doors open at 9 a.m. Monday.‖ Entry is free.",
        "The show starts at 8 p.m. Eastern Time.‖ It ends late.",
        "On Jan. 5 at 10 a.m. in St. Petersburg they met.‖ It was cold.",
        "At 3 a.m. he woke.‖ It rained.",
        "We met at 5.30 p.m. in Rome.‖ It was hot.",
        "He was shot at about 3:15 a.m. Sunday, Sgt. Ito said.‖ He lived.",
        "The attack came at 5 a.m.‖ Police were slow.",
        "The law took effect at 12:01 a.m. EST.‖ It was ignored.",
    ],
    "names with marks, questions": [
        "Is it so?‖ Yes!‖ No?!‖ Indeed.",
        "Yahoo! shares fell.‖ Nobody cared.",
        "He joined Yahoo! in 2005.‖ He left soon.",
        "Who won?‖ Nobody.",
        "Jeopardy! returns on Monday.‖ It is popular.",
        "What a day!‖ everyone agreed.",
        "Is the U.S. ready?‖ Not yet.",
        "Is he in the U.S.?‖ Not yet.",
        "Why did he leave?‖ Because of the heat.",
        "Is this Sen. Ruiz?‖ No, it is Rep. Poe.",
        "What is A.I.?‖ Nobody is sure.",
    ],
    "initials and single letters": [
        "Gen. Ada Brook left the U.S. on Monday.‖ The U.S. Army said nothing.",
        "They fled to the U.S.‖ She stayed behind.",
        "He works for the U.N.‖ They pay him well.",
        "The U.N. Security Council met.‖ It adjourned.",
        "J. K. Marsh and T.R.R. Oldham wrote it.‖ They were paid.",
        "Gen. Michael E. Kessler warned of a war.‖ Nobody listened.",
        "Harold B. Finch Jr. died on Sunday.‖ He was 90.",
        "The U.S.A. won.‖ Canada lost.",
        "He lives in Washington, D.C.‖ She lives in Paris.",
        "Dr. Wu moved to the Washington, D.C. area.‖ She likes it.",
        "He plays for F.C. Utrecht.‖ They lost.",
        "She took vitamin C.‖ It helped.",
        "She scored an A.‖ He failed.",
        "It was plan B.‖ Nobody knew.",
        "I saw him and I.‖ He waved.",
        "So did I.‖ She laughed.",
        "Malcolm X.‖ The film was long.",
        "World War II.‖ It ended in 1945.",
        "George V.‖ He ruled.",
        "The U.S. Supreme Court and the U.S. House agreed.‖ Rare.",
        "He is from the U.K.‖ Her family is not.",
        "A U.S. Marine and a U.K. Royal Navy officer met.‖ They spoke.",
        "Back in the U.S.‖ The president spoke.",
        "E. coli was found.‖ S. aureus was not.",
        "The U.S. and U.K. signed; the E.U. did not.‖ Talks go on.",
        "A spokesperson for J.P. Morgan declined.‖ So did Goldman.",
        "S. Korea and N. Korea talked.‖ Nothing came of it.",
        "The C.I.A. and F.B.I. disagree.‖ The N.S.A. is silent.",
        "He works for the F.B.I.‖ The bureau declined.",
        "Dr. K. Rao et al. found it.‖ Others did not.",
        "Op. cit., p. 5.‖ See also vol. II.",
        "The temperature hit 45 C.‖ It was a record.",
        "Jesus H. Roosevelt sang.‖ It rained.",
        "The bill, H.R. 3684, passed.‖ S. 1260 did not.",
    ],
    "titles and ranks": [
        "Lt. Col. Omar Reyes spoke first.‖ Maj. Gen. Lund followed.",
        "Rep. Dana Cole, D-Minn., voted no.‖ Sen. Ruiz, R-Ariz., voted yes.",
        "Sammy Hale Jr.‖ He sang.",
        "Mr. and Mrs. Olsen live at 5 Main St. in Ashford.‖ They voted.",
        "The Rev. Paul Tan and Fr. Kim prayed.‖ They sang.",
        "Capt. Ines Roth and Sgt. Bo Lee fell.‖ Two others lived.",
        "Gov. Hale and Lt. Gov. Pike met.‖ They agreed.",
        "Atty. Gen. Moss sued.‖ The state lost.",
        "Adm. Sato commands the fleet.‖ It sails today.",
        "He ran for Gov.‖ He lost.",
        "Gen. Lund retired in Jan.‖ He died in March.",
        "Ms. Tan, 34, lives in St. Paul, Minn.‖ She teaches.",
        "Pres. Omar met Prof. Lee.‖ Both spoke.",
        "Sens. Ray and Poe wrote to Reps. Dow and Fox.‖ None replied.",
        "His boss, Mr. T., agreed.‖ The deal was done.",
    ],
    "months": [
        "It happened on Oct. 3.‖ Nobody saw it.",
        "It opened in Oct. 2019.‖ It closed in Nov. 2020.",
        "On Sept. 11, 2001, it changed.‖ Wars followed.",
        "The trial starts Feb. 3.‖ Jury selection takes a week.",
        "Jan. 6 was cold.‖ Feb. was not.",
    ],
    "places": [
        "He lives in Washington, D.C., with her.‖ They are happy.",
        "The St. Louis team won 3-2.‖ Fans sang.",
        "The U.S., which left in 2021, said no.‖ It stayed away.",
        "It sits on the U.S.-Mexico border.‖ It is long.",
        "Mount St. Helens erupted.‖ Ash fell.",
        "In Ft. Worth, Tex., and Mt. Vernon, it snowed.‖ Roads closed.",
        "Ind. and Wis. lost.‖ Ohio won.",
    ],
    "abbreviations before figures": [
        "See vol. 3, pp. 12-14, and fig. 2.‖ The rest is lost.",
        "No. 7 was drawn.‖ No. 8 was not.",
        "She asked for more and he said no.‖ Nobody argued.",
        "Output rose by approx. 12 percent.‖ Exports fell.",
        "About 4,000 fought vs. 6,500 last year.‖ That is fewer.",
        "The Nos. 1 and 2 seeds lost.‖ It rained.",
        "v. 2.0 is out.‖ Version 2.1 follows.",
        "Roe v. Wade was overturned.‖ The court split.",
        "Brown vs. Board came earlier.‖ It held.",
        "Ibid., p. 4.‖ Ibid., p. 5.",
        "Apple's No. 2 man left.‖ Its No. 1 stayed.",
        "The firm, est. 1901, closed.‖ It owed 4 m. euros.",
        "max. 5 people may enter, min. 2.‖ Ask first.",
        "See Fig. 3.‖ It shows a tree.",
        "The price is Rs. 500.‖ It was Rs. 300.",
        "I like it vs. that.‖ You do not.",
        "No.‖ It is not.",
        "The No. 2 seed beat the No. 1 seed 6-3, 6-4.‖ The crowd roared.",
        "He moved from Apt. 4 to Ste. 9.‖ Rent rose.",
        "Call ext. 45 for help.‖ It is free.",
        "The group, founded c. 1890, closed.‖ It had 40 members.",
    ],
    "measures and companies": [
        "Sales reached 1.2 bn. euros in May.‖ They fell in June.",
        "Acme Inc. said so.‖ Shares of Acme Inc. fell.",
        "He owns Acme Inc.‖ She owns the rest.",
        "They use tools, e.g. a hammer, i.e. the obvious.‖ It works.",
        "Dogs, cats, etc. are banned.‖ Nobody minds.",
        "They brought food, water, etc.‖ The rest was sold.",
        "It weighs 5 lbs. and is 3 ft. long.‖ It floats.",
        "He is 6 ft. 2 in. tall.‖ She is not.",
        "Tesla Motors Inc. and Ford Co. merged.‖ Shares rose.",
        "Bros. Ltd. paid.‖ The bank smiled.",
        "The 3rd Bn. advanced.‖ The 4th Bn. held.",
        "Over 1,000 sq. km. were burned.‖ Rain came.",
        "It is 40 km. from town.‖ Nobody walks.",
        "E.g. the first one.‖ The rest are fine.",
    ],
    "figures": [
        "Prices rose 3.5 percent to $4.50 a gallon.‖ That is a record.",
        "It costs 1.500,50 euros.‖ That is a lot.",
        "The court split 5-4.‖ It was close.",
        "The rate is 3.5.‖ It was 3.",
        "He was born in 1990.‖ 5 people came.",
        "The index lost 2.5%.‖ Oil gained.",
        "The house sold for $1.2m.‖ It had been empty.",
        "The ratio was 0.5.‖ .5 is a half.",
        "It ended 3-2.‖ Rovers go through.",
        "He earns $5.‖ She earns $6.",
        "He came at 5.‖ She came at 6.",
        "The time is 5.30.‖ Go.",
        "Turnout was 56.7 percent, up from 54.2.‖ It may rise.",
        "Section 3.2. applies.‖ Section 3.3. does not.",
        "The plane, a Boeing 737-800, crashed.‖ All 176 died.",
        "He won 52.3% of the vote.‖ She won 44%.",
        "He quoted Luke 3:16.‖ It rained.",
        "They scored in the 3rd, 5th and 9th.‖ It was enough.",
        "He arrived on the 5th.‖ She arrived on the 6th.",
        "Population: 5.6 million.‖ Area: 300 sq. miles.",
        "She came in 2nd.‖ He was 3rd.",
        "3.5 is the rate.‖ 4.5 is not.",
    ],
    "plain": [
        "The man, named as John D., was held.‖ He denies it.",
        "The launch was late.‖ iPhone sales rose.",
        "The launch was late.‖ eBay was not.",
        "First point; second point.‖ Third point: yes.",
        "Good. ‖Bad.‖ Ugly.",
        "He said hello.‖  She did too.",
        "He was there.",
        "Henry VIII. ruled.‖ He had six wives.",
    ],
}


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{kind}: {case}") for kind in HARD_CASES for case in HARD_CASES[kind]]
)
def test_sentences_end_where_a_reader_would_end_them(case: str) -> None:
    assert sentences_of(case.replace("‖", "")) == [sentence.strip() for sentence in case.split("‖")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KABUL, AFGHANISTAN – The council met. It voted.", ["The council met.", "It voted."]),
        ("CNN —\n\nThe council met.", ["The council met."]),
        ("One.\n\nLONDON (Reuters) - Two.", ["One.", "Two."]),
        ("One line\nLONDON – and more.", ["One line\nLONDON – and more."]),
    ],
)
def test_a_dateline_is_in_no_sentence(text: str, expected: list[str]) -> None:
    assert sentences_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Without a stop\n\nNext paragraph", ["Without a stop", "Next paragraph"]),
        ("A line\nthat goes on.", ["A line\nthat goes on."]),
        (
            "Town | Votes\nBerg. | 3. A. B.\nAsh |\nAfter it.",
            ["Town | Votes", "Berg. | 3. A. B.", "Ash |", "After it."],
        ),
        ("Buy:\n- milk\n- bread. Butter.\n1. Eggs", ["Buy:", "- milk", "- bread.", "Butter.", "1. Eggs"]),
        ("  \n \t\n  Spaces around.  \n\n", ["Spaces around."]),
        ("", []),
    ],
    ids=["blank line", "line end", "table", "list", "white space", "nothing"],
)
def test_sentences_keep_to_the_layout(text: str, expected: list[str]) -> None:
    assert sentences_of(text) == expected


def test_offsets_count_characters_beyond_the_basic_plane_once() -> None:
    text = "😀 One 𝔘. 👩‍👩‍👧 Two. Three."
    assert sentences_of(text) == ["😀 One 𝔘.", "👩‍👩‍👧 Two.", "Three."]


NEWS_LIKE = st.lists(
    st.sampled_from(
        [
            "“",
            "”",
            '"',
            "(",
            ")",
            ".",
            "...",
            "…",
            "!",
            "?",
            " ",
            " ",
            "\n",
            "\n\n",
            "Gen",
            "no",
            "He",
            "said",
            "3",
            "|",
        ]
    ),
    max_size=60,
).map("".join)


@settings(deadline=None)
@given(st.one_of(st.text(st.characters()), NEWS_LIKE))
def test_every_character_is_in_one_sentence(text: str) -> None:
    found = split_sentences(text)
    position = 0
    for sentence in found:
        assert position <= sentence.start < sentence.end
        inside = text[sentence.start : sentence.end]
        assert inside == inside.strip()
        assert "\n\n" not in inside
        position = sentence.end
    outside = list(text)
    for sentence in found:
        outside[sentence.start : sentence.end] = " " * (sentence.end - sentence.start)
    might_hold_a_dateline = any(mark in text for mark in "–—-:()")
    assert might_hold_a_dateline or not "".join(outside).strip()


@pytest.mark.parametrize(
    "unit",
    [
        "word ",
        "x",
        "。",
        "他来。",
        "“Hi. ",
        "``Hi. ",
        "(a. ",
        "Gen. ",
        "... ",
        "One.\n\n",
        "a | b\n",
        "- a\n",
        "He left. ",
    ],
)
def test_time_grows_with_length_not_its_square(unit: str) -> None:
    started = time.process_time()
    split_sentences(unit * (100_000 // len(unit)))
    assert time.process_time() - started < 3
