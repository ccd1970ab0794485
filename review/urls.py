from django.urls import path

from review.views import (
    answers,
    assigning,
    boards,
    decisions,
    exports,
    files,
    late,
    locks,
    naming,
    own,
    own_files,
    pools,
    writing,
)

app_name = "review"
CALL = "review/calls/<pid:public_id>/"
OWN = "review/assignments/<pid:public_id>/"
DECISION = "review/decisions/<pid:public_id>/"
urlpatterns = [
    path("review/", own.inbox, name="inbox"),
    path("review/files.zip", own_files.own_files, name="own_files"),
    path(OWN, own.assignment, name="assignment"),
    path(f"{OWN}conflict/", own.conflict, name="conflict"),
    path(f"{OWN}form/", writing.form, name="form"),
    path(f"{OWN}submit/", writing.submit, name="submit"),
    path(f"{OWN}hand-back/", late.hand_back, name="hand_back"),
    path(f"{OWN}extend/", late.extend, name="extend"),
    path(f"{OWN}reopen/", late.reopen, name="reopen"),
    path(f"{OWN}reassign/", late.reassign, name="reassign"),
    path(f"{OWN}withdraw/", assigning.withdraw, name="withdraw"),
    path("review/proposals/<pid:public_id>/pdf/", files.proposal_pdf, name="proposal_pdf"),
    path("review/proposals/<pid:public_id>/assign/", assigning.assign, name="assign"),
    path("review/calls/", pools.calls, name="calls"),
    path(f"{CALL}pool/", pools.pool, name="pool"),
    path(f"{CALL}pool/add/", pools.pool_add, name="pool_add"),
    path("review/reviewers/<pid:public_id>/confirm/", naming.pool_confirm, name="pool_confirm"),
    path("review/reviewers/<pid:public_id>/discard/", naming.pool_discard, name="pool_discard"),
    path("review/reviewers/<pid:public_id>/letter/", naming.pool_letter, name="pool_letter"),
    path("review/reviewers/<pid:public_id>/remove/", pools.pool_remove, name="pool_remove"),
    path(f"{CALL}progress/", assigning.progress, name="progress"),
    path(f"{CALL}board/", boards.board, name="board"),
    path(f"{CALL}board.csv", exports.board_csv, name="board_csv"),
    path(f"{CALL}board.xlsx", exports.board_xlsx, name="board_xlsx"),
    path(f"{CALL}agencies/<pid:agency_id>/lock/", locks.lock, name="lock"),
    path("review/locks/<pid:public_id>/confirm/", locks.lock_confirm, name="lock_confirm"),
    path("review/locks/<pid:public_id>/discard/", locks.lock_discard, name="lock_discard"),
    path("review/locks/<pid:public_id>/letter/", locks.lock_letter, name="lock_letter"),
    path(f"{CALL}propose/", decisions.propose, name="decision_propose"),
    path(DECISION, decisions.decision, name="decision"),
    path(f"{DECISION}agencies/<pid:agency_id>/answer/", answers.answer, name="answer"),
    path(f"{DECISION}agencies/<pid:agency_id>/on-behalf/", answers.on_behalf, name="answer_on_behalf"),
    path("review/answers/<pid:public_id>/confirm/", answers.confirm, name="answer_confirm"),
    path("review/answers/<pid:public_id>/discard/", answers.discard, name="answer_discard"),
    path("review/answers/<pid:public_id>/letter/", files.letter, name="answer_letter"),
]
