"""The ten topics and five venues of the work plan."""

from django.db import migrations

TOPICS = [
    ("epidemic", "疫情防控", "감염병 예방", "Epidemic control"),
    ("disaster", "救灾救援", "재난 구호", "Disaster relief"),
    ("aid", "人道救助", "인도적 지원", "Humanitarian aid"),
    ("first-aid", "应急救护", "응급처치", "First aid"),
    ("blood", "无偿献血", "헌혈", "Blood donation"),
    ("stem-cell", "造血干细胞捐献", "조혈모세포 기증", "Stem-cell donation"),
    ("organ", "人体器官捐献", "장기 기증", "Organ donation"),
    ("volunteer", "志愿服务", "자원봉사", "Volunteering"),
    ("youth", "红十字青少年", "청소년적십자", "Red Cross Youth"),
    ("grassroots", "基层组织", "기층 조직", "Grass-roots units"),
]
VENUES = [
    ("community", "社区", "지역사회", "Communities"),
    ("enterprise", "企业", "기업", "Enterprises"),
    ("school", "学校", "학교", "Schools"),
    ("countryside", "农村", "농촌", "The countryside"),
    ("institution", "机关", "기관", "Public institutions"),
]


def add_subjects(apps, schema_editor):
    for model, rows in (("Topic", TOPICS), ("Venue", VENUES)):
        subject = apps.get_model("stories", model)
        for order, (slug, name, korean, english) in enumerate(rows, start=1):
            subject.objects.get_or_create(
                slug=slug,
                defaults={"name": name, "names": {"ko": korean, "en": english}, "order": order},
            )


class Migration(migrations.Migration):
    dependencies = [("stories", "0001_initial")]
    operations = [migrations.RunPython(add_subjects, migrations.RunPython.noop)]
