"""The style sheet that travels in every picture: system fonts, dark on light, nothing fetched."""

from ivr.flow.picture.boxes import HEAD, TAG, TEXT
from ivr.flow.picture.boxes import TITLE as STEP
from ivr.flow.picture.lines import BACK, LABEL, ONWARD

FONTS = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
STYLE = f"""
text {{ font-family: {FONTS}; fill: #1b2530; }}
.paper {{ fill: #ffffff; }}
.frame {{ fill: #fbfcfd; stroke: #c3ccd6; }}
.title {{ font-size: 20px; font-weight: 700; }}
.heading {{ font-size: 15px; font-weight: 700; fill: #46525f; }}
.kind {{ font-size: {HEAD}px; font-weight: 700; letter-spacing: 0.6px; }}
.badge {{ font-size: {HEAD - 0.5}px; font-weight: 700; fill: #ffffff; text-anchor: middle; }}
.step {{ font-size: {STEP}px; font-weight: 600; }}
.said {{ font-size: {TEXT}px; fill: #3a4654; }}
.tag {{ fill: #ffffff; stroke: {ONWARD}; stroke-dasharray: 2 2; }}
.goes-on {{ font-size: {TAG}px; fill: {ONWARD}; }}
a:hover .tag {{ fill: #fff6d6; }}
.way path {{ fill: none; }}
.way .rim {{ stroke: #fbfcfd; stroke-width: 6; }}
.way .line {{ stroke: {ONWARD}; stroke-width: 1.6; }}
.way .head {{ fill: {ONWARD}; }}
.way.back .line {{ stroke: {BACK}; stroke-dasharray: 6 4; }}
.way.back .head {{ fill: #ffffff; stroke: {BACK}; stroke-width: 1.4; }}
.way:hover .line {{ stroke-width: 3; }}
.name {{ font-size: {LABEL}px; text-anchor: middle; paint-order: stroke; stroke: #fbfcfd; stroke-width: 4px; }}
.label.back .name {{ fill: {BACK}; }}
.note {{ font-size: 11.5px; fill: #46525f; }}
"""
