"""The part of a full proposal that is written: core, team, sections by two at once, a session and a server that end."""

from tests.browser.full_cast import MERGED, SAVED, TEXT, Cast, Hand
from tests.browser.full_scene import LIMIT, PARTNER_EMAIL
from tests.proposals.test_answers import one_page

TITLE_JA = "誤り耐性量子計算の国際共同研究 𠮷髙﨑葛󠄀"
TITLE_EN = "Joint research on fault-tolerant quantum computing"
ADDED = "The member was added. Invite them by mail: the proposal opens to them when they accept."
KANA = "いろはにほへとちりぬるをわかよたれそつねならむうゐのおくやまけふこえてあさきゆめみしゑひもせす"
LONG = (KANA * 64)[:2_999] + "。"  # 3,000 characters, one sentence
MIDDLE = "目的は𠮷田・髙橋・﨑本・葛󠄀城の各模型を比べることである。"


def begin(cast: Cast) -> None:
    """From the call's page to the task list of a draft."""
    pi, scene = cast.pi, cast.scene
    pi.enter(scene.pi)
    pi.go("program:call", scene.call.public_id)
    pi.sees("needed before submission", "Begin a proposal")
    pi.follow("a[href$='/propose/']")
    pi.sees("Begin a proposal", "Begin a draft")
    pi.send("main form[method=post] button[type=submit]")
    pi.sees("(no title yet)", "Not started", "Steps to submission")
    cast.here = pi.walker.path.split("/")[3]
    pi.follow("a[href$='/core/']")
    pi.fill(title_ja=TITLE_JA, title_en=TITLE_EN, years="5")
    pi.send()
    pi.sees("Saved.", "Completed")
    pi.sees_text({"ja": TITLE_JA, "en": TITLE_EN}[scene.language])


def invite(cast: Cast) -> None:
    """A co-investigator who has an account, and the partner's principal investigator, who has none."""
    pi = cast.pi
    pi.fill_in(
        "proposals:team_add",
        cast.here,
        email=cast.scene.colleague.email,
        family_kanji="﨑本",
        given_kanji="一郎",
        family_romaji="Sakimoto",
        given_romaji="Ichiro",
        role="co_investigator",
        institution_name=cast.scene.laboratory.name_ja,
        country_code="JP",
        effort_percent="２０",
        task="葛󠄀城模型の実装",
    )
    pi.sees(ADDED)
    pi.fill_in(
        "proposals:team_add",
        cast.here,
        email=PARTNER_EMAIL,
        given_romaji="Casey",
        family_romaji="Sample",
        role="partner_pi",
        institution_name="Example State University",
        country_code="US",
        effort_percent="15",
        task="Error models",
    )
    for name in ("﨑本" if cast.scene.language == "ja" else "Sakimoto", "Sample"):
        cast.goes(pi, "team")
        pi.sees("not invited yet")
        pi.follow(f"tr:has-text('{name}') a[href$='/invite/']")
        pi.fill(language=cast.scene.language)
        pi.send()
        pi.sees("invited, not answered yet")


def accept(cast: Cast) -> None:
    """The colleague from what waits for them, the partner by the link of the mail."""
    colleague, partner = cast.colleague, cast.partner
    colleague.enter(cast.scene.colleague)
    colleague.follow("a[href*='/invitations/']")
    colleague.sees("Accept the invitation", "Your role")
    colleague.send("main form[method=post] button[type=submit]")
    colleague.sees("You have accepted the invitation.", "Steps to submission")
    partner.walker.open(cast.invitation())
    partner.sees("Invitation to a joint research proposal", "Confirm and read the proposal")
    partner.walker.press("main form button[type=submit]")
    assert partner.walker.path.endswith("/invited/")
    partner.sees_text(PARTNER_EMAIL)
    partner.press("/invited/accept/")
    partner.sees("You have accepted the invitation.")
    cast.goes(cast.pi, "team")
    assert cast.pi.text().count(cast.pi.words("invitation accepted")) == 2


def write_together(cast: Cast) -> None:
    """3,000 kana; two who write at once, first in different sentences, then in the same."""
    pi, colleague = cast.pi, cast.colleague
    text = f"{LONG}\n{MIDDLE}\n体制を述べる。"
    pi.open_section(cast.here, "plan")
    pi.write(text)
    left = LIMIT - len(text)
    pi.sees_text(pi.words("Characters left: {count}").replace("{count}", str(left)), within=".field__counter")
    colleague.open_section(cast.here, "plan")
    assert colleague.written == text
    # in different sentences: both are kept, in both windows
    first = text.replace("目的は", "本研究の目的は")
    pi.write(first)
    both = first + "分担を述べる。"
    colleague.write(text + "分担を述べる。", told=MERGED)
    colleague.shows(both)
    pi.write(first.replace("比べる", "比較する"), told=MERGED)
    both = both.replace("比べる", "比較する")
    pi.shows(both)
    pi.leave_section()
    # in the same sentence: both are shown, and one of them settles it
    pi.open_section(cast.here, "plan")
    colleague.open_section(cast.here, "plan")
    assert pi.written == colleague.written == both
    theirs = both.replace("分担を述べる", "分担と日程を述べる")
    own = both.replace("分担を述べる", "役割の分担を述べる")
    pi.write(theirs)
    colleague.write(
        own,
        told="conflict",
    )
    colleague.walker.press("main form button[type=submit]")
    colleague.sees("The text that is saved now", "What you typed")
    colleague.sees_text("分担と日程を述べる", "役割の分担を述べる", within=".split")
    assert colleague.written == own
    settled = both.replace("分担を述べる", "役割の分担と日程を述べる")
    colleague.page.fill(TEXT, settled)
    colleague.leave_section()
    colleague.sees("Completed")
    pi.open_section(cast.here, "plan")
    assert pi.written == settled


def survive_session(cast: Cast) -> None:
    """The session ends in the middle of a text: it is there after the sign-in, once."""
    pi = cast.pi
    pi.open_section(cast.here, "dispatch")
    half, rest = "若手研究者を毎年度二名派遣する。", "滞在は三十一日以上とし、𠮷の模型を学ぶ。" * 20
    pi.write(half)
    pi.lose_session()
    pi.write(
        half + rest,
        told="signed-out",
    )
    pi.walker.press("[data-autosave-state] a")
    pi.sign_in_again(cast.scene.pi)
    assert pi.walker.path.endswith("/sections/dispatch/")
    pi.told("kept")
    assert pi.written == half + rest
    pi.leave_section()
    pi.open_section(cast.here, "dispatch")
    assert pi.written == half + rest
    assert pi.page.inner_text("[data-autosave-state]") == ""


def survive_restart(cast: Cast) -> None:
    """The server ends and begins again while two type: nothing is lost, and nobody has to sign in again."""
    pi, colleague = cast.pi, cast.colleague
    pi.open_section(cast.here, "acceptance")
    pi.write("相手国の博士課程学生を受け入れる。")
    colleague.open_section(cast.here, "facts")
    colleague.page.fill("[name=field_text]", "要旨")
    colleague.told(SAVED)
    cast.portal.stop()
    pi.write("相手国の博士課程学生を受け入れる。停止中に書いた文。", told="offline")
    colleague.page.fill("[name=field_text]", "要旨、停止中も")
    colleague.told("offline")
    cast.portal.start()
    text = "相手国の博士課程学生を受け入れる。停止中に書いた文。再開後の文。"
    pi.write(text)
    pi.leave_section()
    colleague.told(SAVED)
    fill_facts(cast, colleague)
    colleague.open_section(cast.here, "acceptance")
    assert colleague.written == text


def fill_facts(cast: Cast, hand: Hand) -> None:
    """The section of fields, its file too."""
    year = cast.scene.year
    hand.page.set_input_files(
        "[name=field_file]", {"name": "図表_がん.pdf", "mimeType": "application/pdf", "buffer": one_page()}
    )
    hand.fill(
        **{
            "field_number": "１２",
            f"field_yen-table__first__{year}": "1,500,000",
            "field_choice": "second",
            "field_date": f"{year}-10-01",
            "field_person__name": "髙橋 花子",
            "field_organisation__name": "葛󠄀城研究所",
        }
    )
    hand.leave_section()
    cast.goes(hand, "section", "facts")
    assert hand.page.input_value("[name=field_text]") == "要旨、停止中も"
    hand.sees_text("図表_がん.pdf")


def propose_change(cast: Cast) -> None:
    """The partner proposes another text for a section; the principal investigator reads both and accepts."""
    partner, pi = cast.partner, cast.pi
    partner.go("proposals:invited")
    partner.follow("a[href$='/changes/section-acceptance/']")
    partner.page.fill(TEXT, "A doctoral student <b>and</b> a postdoc will come.")
    partner.send("main form:has(textarea[name=text]) button[type=submit]")
    partner.sees("Proposed changes")
    cast.goes(pi, "changes")
    pi.follow("a[href*='/changes/']:not([href*='/propose/'])")
    pi.sees("Present text", "Proposed text")
    pi.sees_text("A doctoral student <b>and</b> a postdoc will come.")
    pi.send("main button[name=accept]")
    pi.open_section(cast.here, "acceptance")
    assert pi.written == "A doctoral student <b>and</b> a postdoc will come."
