"""The form and the criteria that a call begins with (domain.md, sections 3 and 4); a call may change all but the aspect `people`."""

from typing import Any

SECTIONS: tuple[dict[str, Any], ...] = (
    {
        "key": "plan",
        "title_ja": "共同研究計画",
        "title_en": "Joint research plan",
        "help_ja": "研究の目的、新規性と卓越性、日本側と相手国側の役割分担、年次計画を記入してください。",
        "help_en": "Aims, novelty and excellence of the research, who of the two sides does what, and the plan by year.",
        "limit": 6_000,
        "is_required": True,
    },
    {
        "key": "collaboration",
        "title_ja": "相手国研究者と共同研究の意義",
        "title_en": "The partner and what the collaboration adds",
        "help_ja": "相手国研究者がトップ研究者であることの根拠と、国際トップサークルへの参画につながる見通しを記入してください。",
        "help_en": "Why the partner is a top researcher, and how the collaboration leads into the international top circle.",
        "limit": 3_000,
        "is_required": True,
    },
    {
        "key": "dispatch",
        "title_ja": "若手研究者の派遣計画",
        "title_en": "Plan for sending young researchers",
        "help_ja": "派遣する若手研究者、派遣先、時期と期間、学位取得の予定を記入してください。",
        "help_en": "Which young researchers go where, when and for how long, and the degrees they are to take.",
        "limit": 3_000,
        "is_required": True,
    },
    {
        "key": "acceptance",
        "title_ja": "相手国研究者の受入れ計画",
        "title_en": "Plan for receiving researchers from the partner",
        "help_ja": "受け入れる研究者・学生、受入れ体制、時期と期間を記入してください。",
        "help_en": "Which researchers and students come, how they are looked after, when and for how long.",
        "limit": 3_000,
        "is_required": True,
    },
    {
        "key": "benefit",
        "title_ja": "我が国の重点分野への貢献",
        "title_en": "Benefit to Japan’s priorities",
        "help_ja": "成果が先端分野における我が国の優先課題にどう役立つかを記入してください。",
        "help_en": "How the results serve Japan’s priorities in the field.",
        "limit": 2_000,
        "is_required": True,
    },
)


def _steps(*pairs: tuple[str, str]) -> dict[str, dict[str, str]]:
    return {str(step): {"ja": ja, "en": en} for step, (ja, en) in enumerate(pairs, 1)}


CRITERIA: tuple[dict[str, Any], ...] = (
    {
        "aspect": "excellence",
        "title_ja": "科学的卓越性・先端性",
        "title_en": "Scientific excellence and frontier",
        "help_ja": "世界の最先端にあり、新たな知を開く研究か。",
        "help_en": "Is the research at the world’s frontier, and does it open new knowledge?",
        "weight": 3,
        "anchors": _steps(
            ("卓越性が認められない", "No excellence is to be seen"),
            ("国内水準にとどまる", "Of national standing"),
            ("国際水準にある", "Of international standing"),
            ("国際的に優れている", "Internationally excellent"),
            ("世界をリードする", "Leads the world"),
        ),
    },
    {
        "aspect": "partner",
        "title_ja": "相手国研究者の水準と共同研究の付加価値",
        "title_en": "The partner’s standing and what the collaboration adds",
        "help_ja": "相手国研究者はトップ研究者か。国際トップサークルへの参画につながるか。",
        "help_en": "Is the partner a top researcher? Does it lead into the international top circle?",
        "weight": 2,
        "anchors": _steps(
            ("共同で行う意義が認められない", "No reason to do it together"),
            ("意義が限定的である", "Adds little"),
            ("相応の付加価値がある", "Adds what may be expected"),
            ("大きな付加価値がある", "Adds much"),
            ("トップサークルへの参画が確実に見込まれる", "Entry into the top circle is assured"),
        ),
    },
    {
        "aspect": "people",
        "title_ja": "人材育成・頭脳循環",
        "title_en": "People: exchange and training",
        "help_ja": "派遣、学位取得、受入れ、若手同士のネットワーク形成の計画は具体的で、将来にわたり持続するか。",
        "help_en": "Are dispatch, degrees, acceptance and ties between young researchers planned concretely, and will they last?",
        "weight": 3,
        "anchors": _steps(
            ("計画がない", "There is no plan"),
            ("計画が具体性を欠く", "The plan is vague"),
            ("具体的な計画がある", "The plan is concrete"),
            ("計画が優れ、研究と一体である", "An excellent plan, one with the research"),
            ("数十年続く関係が期待できる", "Ties for decades may be expected"),
        ),
    },
    {
        "aspect": "plan",
        "title_ja": "計画・体制・予算の妥当性",
        "title_en": "Plan, team and budget",
        "help_ja": "研究計画、両国の体制と応分負担、年度ごとの予算は妥当か。",
        "help_en": "Are the plan, the teams and shares of both sides, and the budget by year sound?",
        "weight": 2,
        "anchors": _steps(
            ("実施できない", "Cannot be carried out"),
            ("大きな見直しを要する", "Needs much revision"),
            ("おおむね妥当である", "Sound on the whole"),
            ("妥当である", "Sound"),
            ("極めて妥当で、無駄がない", "Sound in every part, with nothing wasted"),
        ),
    },
    {
        "aspect": "priority",
        "title_ja": "我が国の重点分野への貢献",
        "title_en": "Benefit to Japan’s priorities",
        "help_ja": "成果は先端分野における我が国の優先課題に役立つか。",
        "help_en": "Do the results serve Japan’s priorities in the field?",
        "weight": 2,
        "anchors": _steps(
            ("貢献が認められない", "No benefit is to be seen"),
            ("貢献が限定的である", "Little benefit"),
            ("相応の貢献がある", "What may be expected"),
            ("大きな貢献がある", "Much benefit"),
            ("不可欠の貢献がある", "Benefit that nothing else brings"),
        ),
    },
)
