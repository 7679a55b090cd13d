"""A text as it is searched: composed alike, no accents, small letters, one space between words."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

CREATE = r"""
CREATE FUNCTION ccd_plain(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(unaccent('unaccent'::regdictionary, normalize(btrim(regexp_replace($1, '\s+', ' ', 'g')), NFKC)));
"""


class Migration(migrations.Migration):

    dependencies = [("licensing", "0001_initial")]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(CREATE, "DROP FUNCTION ccd_plain(text)"),
    ]
