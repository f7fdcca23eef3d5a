from django.db import migrations

import anwang.adapters.crypto.fields


class Migration(migrations.Migration):
    dependencies = [("grid", "0003_people_upload")]

    operations = [
        # What is encrypted is bound to its table: files that wait there could not be read under the new name.
        migrations.RunSQL("DELETE FROM grid_peopleupload", migrations.RunSQL.noop),
        migrations.RenameModel("PeopleUpload", "Upload"),
        migrations.AlterField(
            "upload",
            "data",
            anwang.adapters.crypto.fields.EncryptedTextField(
                purpose="导入预览", retention="确认或放弃后即删，最长 1 天"
            ),
        ),
    ]
