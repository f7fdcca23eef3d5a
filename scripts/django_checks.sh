#!/bin/sh
# Django's own checks, as in development and as behind HTTPS in production; a warning is a failure.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export DJANGO_SETTINGS_MODULE=anwang.config.settings ANWANG_DATA="$folder"
.venv/bin/django-admin check --fail-level WARNING
ANWANG_HTTPS=1 ANWANG_HOSTS=anwang.example .venv/bin/django-admin check --deploy --fail-level WARNING
