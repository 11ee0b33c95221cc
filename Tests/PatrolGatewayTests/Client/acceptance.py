"""Drives a running Patrol with LaunchDarkly's official Python client, method by method.

HOST is the server (`http://127.0.0.1:8080`), SECRET that of an admin's personal token in an account made for this: it
invites members, makes roles and tokens, and deletes what it made. Ends with status 0 and the line `accepted` when all
is as it should be; else the first thing that is not is told on standard error.
"""

import os
import time
import uuid

import launchdarkly_api as client
from launchdarkly_api import exceptions

HOST = os.environ["HOST"]
SECRET = os.environ["SECRET"]
RUN = uuid.uuid4().hex[:8]
SEMANTIC = "application/json; domain-model=launchdarkly.semanticpatch"


def connected(secret):
    configuration = client.Configuration(host=HOST)
    configuration.api_key["ApiKey"] = secret
    return client.ApiClient(configuration)


def operation(op, path, value=None):
    return client.PatchOperation(op=op, path=path, value=value)


def refused(kind, call, *arguments, **named):
    """The exception that the call has to end with."""
    try:
        call(*arguments, **named)
    except kind as error:
        return error
    raise AssertionError(f"{call.__name__} was not refused with {kind.__name__}")


class Tokens:
    def __init__(self, api):
        self.api = client.AccessTokensApi(api)

    def make(self, **fields):
        answer = self.api.post_token_with_http_info(client.AccessTokenPost(**fields))
        assert answer.status_code == 201, answer.status_code
        return answer.data

    def check(self):
        made = self.make(name=f"nightly {RUN}", role="reader", description="copies flags", default_api_version=20240415)
        assert made.token and len(made.token) > 20 and made.role == "reader" and made.service_token is False
        assert made.last_used == 0 and made.member.email
        shown = self.api.get_token(made.id)
        assert shown.token == made.token[-4:] and shown.owner_id == made.owner_id

        patched = self.api.patch_token(
            made.id, [operation("replace", "/name", f"weekly {RUN}"), operation("replace", "/role", "writer")])
        assert patched.name == f"weekly {RUN}" and patched.role == "writer"
        expiry = int(time.time() * 1000) + 86_400_000
        patched = self.api.patch_token(made.id, [operation("add", "/expiry", expiry)])
        assert patched.expiry == expiry

        refused(exceptions.UnprocessableEntityException, self.api.patch_token, made.id, [operation("remove", "/inlineRole")])
        conflict = refused(
            exceptions.ConflictException, self.api.patch_token, made.id, [operation("test", "/name", "something else")])
        assert conflict.data.code == "optimistic_locking_error"

        reset = self.api.reset_token(made.id, expiry=expiry)
        assert reset.token and reset.token != made.token and len(reset.token) > 20

        page = self.api.get_tokens(show_all=True, limit=1, offset=0)
        assert len(page.items) == 1 and page.total_count >= 2
        assert "next" in page.links and "last" in page.links and "self" in page.links
        ids = {token.id for token in self.api.get_tokens(show_all=True, limit=1000).items}
        assert made.id in ids

        inline = self.make(
            name=f"inline {RUN}",
            inline_role=[client.StatementPost(effect="allow", actions=["viewProject"], resources=["proj/*"])])
        assert inline.inline_role[0].effect == "allow"
        service = self.make(name=f"service {RUN}", role="reader", service_token=True)
        assert service.service_token is True
        refused(exceptions.BadRequestException, self.make, name=f"none {RUN}")

        for token in (made, inline, service):
            assert self.api.delete_token_with_http_info(token.id).status_code == 204
        refused(exceptions.NotFoundException, self.api.get_token, made.id)


class Roles:
    def __init__(self, api):
        self.api = client.CustomRolesApi(api)
        self.key = f"role-{RUN}"

    def make(self, key):
        return self.api.post_custom_role(
            client.CustomRolePost(
                name=f"Role {key}", key=key, description="looks",
                policy=[client.StatementPost(effect="allow", actions=["viewProject"], resources=["proj/*"])]))

    def check(self):
        made = self.make(self.key)
        assert made.key == self.key and made.base_permissions == "no_access" and made.policy[0].effect == "allow"
        assert made.access.allowed, "an admin may change a role"
        refused(exceptions.ConflictException, self.make, self.key)
        assert self.api.get_custom_role(made.id).id == self.api.get_custom_role(self.key).id == made.id
        statement = {"effect": "deny", "actions": ["*"], "resources": ["proj/secret"]}
        patched = self.api.patch_custom_role(
            self.key, client.PatchWithComment(comment="more", patch=[operation("add", "/policy/-", statement)]))
        assert len(patched.policy) == 2 and patched.policy[1].effect == "deny"
        assert any(role.key == self.key for role in self.api.get_custom_roles(limit=1000).items)
        return made

    def end(self):
        assert self.api.delete_custom_role_with_http_info(self.key).status_code == 204
        refused(exceptions.NotFoundException, self.api.get_custom_role, self.key)


class Members:
    def __init__(self, api):
        self.api = client.AccountMembersApi(api)

    def form(self, name, role="reader"):
        return client.NewMemberForm(email=f"{name}-{RUN}@example.org", first_name=name, role=role)

    def check(self, role):
        answer = self.api.post_members_with_http_info([self.form("ines"), self.form("kim", "writer")])
        assert answer.status_code == 201
        ines, kim = answer.data.items
        assert ines.pending_invite is True and ines.last_seen == 0 and kim.role == "writer"
        taken = refused(exceptions.BadRequestException, self.api.post_members, [self.form("max"), self.form("ines")])
        assert taken.data.code == "email_already_exists_in_account" and ines.email in taken.body

        found = self.api.get_members(filter=f"query:{RUN},role:writer", sort="-displayName", limit=1000)
        assert [member.id for member in found.items] == [kim.id] and found.total_count == 1
        me = self.api.get_member("me", expand="roleAttributes")
        assert me.id and me.mfa == "disabled" and self.api.get_member(me.id).email == me.email

        patched = self.api.patch_member(
            kim.id, [operation("replace", "/role", "reader"), operation("add", "/customRoles/-", role.id)])
        assert patched.role == "reader" and patched.custom_roles == [role.id]
        refused(exceptions.ForbiddenException, self.api.patch_member, me.id, [operation("replace", "/role", "reader")])

        instructions = client.MembersPatchInput(
            comment="all readers",
            instructions=[{"kind": "replaceMembersRoles", "value": "reader", "memberIDs": [kim.id, me.id]}])
        refused(exceptions.BadRequestException, self.api.patch_members, instructions)
        done = self.api.patch_members(instructions, _content_type=SEMANTIC)
        assert done.members == [kim.id] and done.errors == [{me.id: "you cannot modify your own role"}]
        assert self.api.get_member(kim.id).custom_roles == []

        closed = refused(
            exceptions.ApiException, self.api.post_member_teams, kim.id, client.MemberTeamsPostInput(team_keys=["core"]))
        assert closed.status == 405

        for member in (ines, kim):
            assert self.api.delete_member_with_http_info(member.id).status_code == 204
        refused(exceptions.NotFoundException, self.api.get_member, kim.id)
        return kim


class Log:
    def __init__(self, api):
        self.api = client.AuditLogApi(api)

    def check(self, identity, removed):
        page = self.api.get_audit_log_entries(limit=5)
        assert len(page.items) == 5 and "next" in page.links
        dates = [entry.var_date for entry in page.items]
        assert dates == sorted(dates, reverse=True)
        newest = page.items[0]
        assert newest.token.id == identity.token_id and newest.token.ending == SECRET[-4:]
        assert newest.member.id == identity.member_id and newest.title.endswith("(via API)")

        found = self.api.get_audit_log_entries(q=removed.email, spec="member/*")
        assert found.items and all(entry.kind == "member" for entry in found.items)
        assert self.api.get_audit_log_entries(spec="team/*").items == []
        assert self.api.get_audit_log_entries(member="nobody").items == []
        assert self.api.get_audit_log_entries(token=identity.token_id, limit=1).items[0].id == newest.id

        assert len(self.api.post_audit_log_entries(limit=5).items) == 5
        statement = client.StatementPost(effect="allow", actions=["deleteMember"], resources=["member/*"])
        deleted = self.api.post_audit_log_entries(statement_post=[statement])
        assert deleted.items and all(entry.accesses[0].action == "deleteMember" for entry in deleted.items)

        after = newest.var_date - 3_600_000
        counts = self.api.post_audit_log_entry_counts(after, [], buckets=6)
        assert len(counts.buckets) == 6 and counts.total_count == sum(bucket.count for bucket in counts.buckets) > 0

        detail = self.api.get_audit_log_entry(newest.id)
        assert detail.id == newest.id and detail.accesses[0].action
        refused(exceptions.NotFoundException, self.api.get_audit_log_entry, "nothing")


class Teams:
    def __init__(self, api):
        self.api = client.TeamsApi(api)

    def check(self):
        page = self.api.get_teams(limit=100, expand="members,roles")
        for team in page.items:
            assert self.api.get_team(team.key).name == team.name
            self.api.get_team_roles(team.key)
            self.api.get_team_maintainers(team.key)
        refused(exceptions.NotFoundException, self.api.get_team, f"none-{RUN}")
        closed = refused(exceptions.ApiException, self.api.post_team, client.TeamPostInput(key="core", name="Core"))
        assert closed.status == 405
        refused(exceptions.ApiException, self.api.delete_team, "core")
        refused(exceptions.ApiException, self.api.patch_team, "core", client.TeamPatchInput(instructions=[]))


def check_limits(tokens):
    """A token that may only read is told what it lacks; a deleted one is not let in."""
    made = tokens.make(name=f"reader {RUN}", role="reader")
    reader = connected(made.token)
    error = refused(
        exceptions.ForbiddenException, client.AccessTokensApi(reader).post_token,
        client.AccessTokenPost(name="more", role="admin"))
    assert error.data.code == "forbidden" and "createAccessToken" in error.body
    assert client.OtherApi(reader).get_caller_identity().token_id == made.id
    tokens.api.delete_token(made.id)
    assert refused(exceptions.UnauthorizedException, client.OtherApi(reader).get_caller_identity).status == 401


def main():
    api = connected(SECRET)
    other = client.OtherApi(api)
    identity = other.get_caller_identity()
    assert identity.token_kind == "personal" and identity.member_id and identity.account_id
    versions = other.get_versions()
    assert versions.latest_version == versions.current_version == 20240415
    assert "tokens" in other.get_root().links

    tokens, roles, members = Tokens(api), Roles(api), Members(api)
    tokens.check()
    role = roles.check()
    removed = members.check(role)
    roles.end()
    Log(api).check(identity, removed)
    Teams(api).check()
    check_limits(tokens)
    print("accepted")


main()
