"""What the demo's dossiers measure, and why a measure has its score; in both languages, and all made up."""

# kind, what is measured (ja, en), unit (ja, en)
MEASURES = {
    "papers": (
        "benefit",
        "当該分野における国際共著論文数（直近3年）",
        "Co-authored papers in the field, three years",
        "件",
        "papers",
    ),
    "top": (
        "benefit",
        "相手国の被引用数トップ10％論文に占める割合（当該分野）",
        "The partner’s share of the field’s top 10 % of papers by citations",
        "％",
        "%",
    ),
    "people": (
        "benefit",
        "派遣を希望する若手研究者数",
        "Young researchers who asked to be sent there",
        "人",
        "people",
    ),
    "funding": (
        "benefit",
        "相手国の有力な資金配分機関による当該分野への年間投資額",
        "Yearly funding of the field by the partner’s leading agencies",
        "億円",
        "hundred million yen",
    ),
    "facilities": (
        "loss",
        "共同利用施設の経費のうち我が国が単独で負担する額",
        "Cost of joint facilities borne by Japan alone",
        "百万円",
        "million yen",
    ),
    "control": (
        "loss",
        "安全保障輸出管理により共同実施が制約される研究課題の割合",
        "Share of research topics restricted by export control",
        "％",
        "%",
    ),
}
# why a measure has its score, by measure and score
REASONS = {
    ("papers", 2): (
        "共著相手国として第1位であり、共同研究の基盤が既にある。",
        "Japan’s first partner by co-authored papers: the ground is laid.",
    ),
    ("papers", 1): (
        "共著論文は増加しているが、分野全体に占める割合は限られる。",
        "Co-authored papers grow, yet their share of the field is limited.",
    ),
    ("papers", 0): (
        "共著論文は少なく、効果を見込む根拠に乏しい。",
        "Few co-authored papers: little ground to expect an effect.",
    ),
    ("top", 2): (
        "当該分野の研究を先導しており、参入の効果が大きい。",
        "The partner leads the field: to take part there means much.",
    ),
    ("top", 1): (
        "上位の水準にあるが、第三国との差は小さい。",
        "Among the leading countries, with others close behind.",
    ),
    ("people", 2): (
        "希望者が多く、受入れ先の研究室も確保されている。",
        "Many ask to go, and host laboratories have places.",
    ),
    ("people", 1): (
        "希望者がおり、受入れ先の研究室に余裕がある。",
        "Demand is there; the host laboratories have places.",
    ),
    ("funding", 1): (
        "相手国側の資金が確保されており、応分負担が見込まれる。",
        "The partner’s funds are there: a fair share can be expected.",
    ),
    ("facilities", -1): (
        "相手国側の研究費が延長された場合には分担に切り替える。",
        "Shared later, if the partner’s award is extended.",
    ),
    ("facilities", -2): (
        "分担の見通しが立たず、我が国の負担が継続する。",
        "No prospect of sharing: Japan goes on bearing the cost.",
    ),
    ("control", -1): (
        "一部の課題で事前審査が必要となる。",
        "Some topics need a licence beforehand.",
    ),
    ("control", -2): (
        "主要な課題が審査の対象となり、開始の遅れが避けられない。",
        "The main topics need a licence: a late start cannot be avoided.",
    ),
}
SOURCE = "実演用に作成した架空の数値", "Made up for the demo"
