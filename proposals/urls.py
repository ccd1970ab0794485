from django.urls import URLPattern

app_name = "proposals"
# Writing and submitting.
writing: list[URLPattern] = []
# Team, partner award, exchange plans, attachment.
partner: list[URLPattern] = []
# Officers' lists, eligibility, export.
office: list[URLPattern] = []
urlpatterns = [*writing, *partner, *office]
