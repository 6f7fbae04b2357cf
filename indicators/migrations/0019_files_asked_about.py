"""What is asked about a file of statistics: whether its table is public, and values that look strange."""

import django.db.models.deletion
import municipalities.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0018_statistics_told_beside'),
    ]

    operations = [
        migrations.AddField(
            model_name='dataset',
            name='public_source',
            field=municipalities.text.CleanTextField(blank=True, max_length=300, verbose_name='公表されている場所'),
        ),
        migrations.AddField(
            model_name='statisticsupload',
            name='public_source',
            field=municipalities.text.CleanTextField(blank=True, max_length=300, verbose_name='公表されている場所'),
        ),
        migrations.CreateModel(
            name='FileDoubt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, verbose_name='種類')),
                ('count', models.PositiveIntegerField(verbose_name='件数')),
                ('upload', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='doubts', to='indicators.statisticsupload', verbose_name='ファイル')),
            ],
            options={
                'verbose_name': '確かめたい値の種類',
                'verbose_name_plural': '確かめたい値の種類',
                'ordering': ['-count', 'code'],
            },
        ),
        migrations.CreateModel(
            name='DoubtfulCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place_kind', models.CharField(choices=[('municipality', '市区町村'), ('ward', '行政区'), ('prefecture', '都道府県'), ('medical_area', '二次医療圏'), ('nation', '全国')], max_length=20, verbose_name='区域の種類')),
                ('place_code', models.CharField(max_length=6, verbose_name='区域のコード')),
                ('fiscal_year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('row', models.PositiveIntegerField(verbose_name='行')),
                ('column', models.PositiveSmallIntegerField(verbose_name='列')),
                ('text', models.CharField(max_length=100, verbose_name='値')),
                ('message', models.CharField(max_length=300, verbose_name='確かめること')),
                ('definition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.definition', verbose_name='指標')),
                ('doubt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='indicators.filedoubt', verbose_name='種類')),
            ],
            options={
                'verbose_name': '確かめたい値',
                'verbose_name_plural': '確かめたい値',
                'ordering': ['row', 'column', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='WithheldValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('numerator', models.DecimalField(blank=True, decimal_places=4, max_digits=15, null=True, verbose_name='分子')),
                ('denominator', models.DecimalField(blank=True, decimal_places=4, max_digits=15, null=True, verbose_name='分母')),
                ('finality', models.CharField(blank=True, choices=[('forecast', '見込'), ('preliminary', '速報'), ('final', '確定')], db_default='', default='', max_length=20, verbose_name='確定の別')),
                ('as_of', models.DateField(blank=True, null=True, verbose_name='時点')),
                ('place_kind', models.CharField(choices=[('municipality', '市区町村'), ('ward', '行政区'), ('prefecture', '都道府県'), ('medical_area', '二次医療圏'), ('nation', '全国')], max_length=20, verbose_name='区域の種類')),
                ('place_code', models.CharField(max_length=6, verbose_name='区域のコード')),
                ('fiscal_year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('value', models.DecimalField(decimal_places=4, max_digits=15, verbose_name='値')),
                ('dataset', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='indicators.dataset', verbose_name='統計')),
                ('definition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.definition', verbose_name='指標')),
            ],
            options={
                'verbose_name': '伏せた値',
                'verbose_name_plural': '伏せた値',
                'ordering': ['pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='filedoubt',
            constraint=models.UniqueConstraint(fields=('upload', 'code'), name='file_doubt_once'),
        ),
        migrations.AddConstraint(
            model_name='withheldvalue',
            constraint=models.UniqueConstraint(fields=('place_code', 'definition', 'fiscal_year', 'place_kind', 'dataset'), name='withheld_value_once'),
        ),
    ]
