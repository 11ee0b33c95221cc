extension RouteFile {
    /// The text of a route file for LaunchDarkly's REST API: the common calls, with what each needs.
    package static let launchDarkly = #"""
        # Routes for LaunchDarkly's REST API, version 20240415: what each call needs.
        #
        # METHOD  PATH  ACTION  RESOURCE
        #
        # {name} is one segment of the path, and stands for a key of the resource. `token` in place of action and
        # resource: any token in force. `public`: no token. The most specific path decides, wherever it stands here; what
        # is not here is denied. HEAD goes by the routes of GET. `patrol routes check FILE` checks a file.
        #
        # Looking at anything inside a project takes `viewProject` on it. Members, roles, teams and tokens have no
        # action for looking: the API shows each caller what is his to see.
        #
        # A PATCH may do several things, each with an action of its own, which stands in its body. A gateway does not read
        # bodies, so such calls need `viewProject`, or any token, here, and the API behind it decides on the rest. Where
        # one action is all that your callers do, write it: it is the tighter rule. What is counted as used is the
        # action that stands here, so a proposal of a smaller scope knows nothing of what bodies do.
        #
        # The key of a new thing stands in the body, too: `new` stands for it here.

        # Who am I, and what is there.
        GET     /api/v2                                                     token
        GET     /api/v2/versions                                            token
        GET     /api/v2/caller-identity                                     token
        GET     /api/v2/public-ip-list                                      public
        GET     /api/v2/openapi.json                                        public

        # Projects.
        GET     /api/v2/projects                                            token
        POST    /api/v2/projects                                            createProject      proj/new
        GET     /api/v2/projects/{project}                                  viewProject        proj/{project}
        PATCH   /api/v2/projects/{project}                                  viewProject        proj/{project}
        DELETE  /api/v2/projects/{project}                                  deleteProject      proj/{project}

        # Environments.
        GET     /api/v2/projects/{project}/environments                     viewProject        proj/{project}
        POST    /api/v2/projects/{project}/environments                     createEnvironment  proj/{project}:env/new
        GET     /api/v2/projects/{project}/environments/{env}               viewProject        proj/{project}
        PATCH   /api/v2/projects/{project}/environments/{env}               viewProject        proj/{project}
        DELETE  /api/v2/projects/{project}/environments/{env}               deleteEnvironment  proj/{project}:env/{env}
        POST    /api/v2/projects/{project}/environments/{env}/apiKey        updateApiKey       proj/{project}:env/{env}
        POST    /api/v2/projects/{project}/environments/{env}/mobileKey     updateMobileKey    proj/{project}:env/{env}

        # Feature flags. What changes a flag in every environment has no environment in its path: the API asks for each.
        GET     /api/v2/flags/{project}                                     viewProject        proj/{project}
        POST    /api/v2/flags/{project}                                     viewProject        proj/{project}
        GET     /api/v2/flags/{project}/{flag}                              viewProject        proj/{project}
        PATCH   /api/v2/flags/{project}/{flag}                              viewProject        proj/{project}
        DELETE  /api/v2/flags/{project}/{flag}                              viewProject        proj/{project}
        POST    /api/v2/flags/{project}/{flag}/copy                         viewProject        proj/{project}
        GET     /api/v2/flag-statuses/{project}/{env}                       viewProject        proj/{project}
        GET     /api/v2/flag-statuses/{project}/{env}/{flag}                viewProject        proj/{project}
        GET     /api/v2/flags/{project}/{flag}/triggers/{env}               viewProject        proj/{project}
        POST    /api/v2/flags/{project}/{flag}/triggers/{env}               createTriggers     proj/{project}:env/{env}:flag/{flag}
        PATCH   /api/v2/flags/{project}/{flag}/triggers/{env}/{trigger}     updateTriggers     proj/{project}:env/{env}:flag/{flag}
        DELETE  /api/v2/flags/{project}/{flag}/triggers/{env}/{trigger}     deleteTriggers     proj/{project}:env/{env}:flag/{flag}
        GET     /api/v2/projects/{project}/flags/{flag}/environments/{env}/scheduled-changes       viewProject             proj/{project}
        POST    /api/v2/projects/{project}/flags/{flag}/environments/{env}/scheduled-changes       updateScheduledChanges  proj/{project}:env/{env}:flag/{flag}
        PATCH   /api/v2/projects/{project}/flags/{flag}/environments/{env}/scheduled-changes/{id}  updateScheduledChanges  proj/{project}:env/{env}:flag/{flag}
        DELETE  /api/v2/projects/{project}/flags/{flag}/environments/{env}/scheduled-changes/{id}  updateScheduledChanges  proj/{project}:env/{env}:flag/{flag}
        GET     /api/v2/projects/{project}/flags/{flag}/environments/{env}/approval-requests       viewProject             proj/{project}
        POST    /api/v2/projects/{project}/flags/{flag}/environments/{env}/approval-requests       createApprovalRequest   proj/{project}:env/{env}:flag/{flag}
        DELETE  /api/v2/projects/{project}/flags/{flag}/environments/{env}/approval-requests/{id}  deleteApprovalRequest   proj/{project}:env/{env}:flag/{flag}
        POST    /api/v2/projects/{project}/flags/{flag}/environments/{env}/approval-requests/{id}/reviews  reviewApprovalRequest  proj/{project}:env/{env}:flag/{flag}
        POST    /api/v2/projects/{project}/flags/{flag}/environments/{env}/approval-requests/{id}/apply    applyApprovalRequest   proj/{project}:env/{env}:flag/{flag}

        # Segments.
        GET     /api/v2/segments/{project}/{env}                            viewProject        proj/{project}
        POST    /api/v2/segments/{project}/{env}                            createSegment      proj/{project}:env/{env}:segment/new
        GET     /api/v2/segments/{project}/{env}/{segment}                  viewProject        proj/{project}
        PATCH   /api/v2/segments/{project}/{env}/{segment}                  viewProject        proj/{project}
        DELETE  /api/v2/segments/{project}/{env}/{segment}                  deleteSegment      proj/{project}:env/{env}:segment/{segment}

        # Members.
        GET     /api/v2/members                                             token
        POST    /api/v2/members                                             createMember       member/new
        PATCH   /api/v2/members                                             token
        GET     /api/v2/members/{member}                                    token
        PATCH   /api/v2/members/{member}                                    token
        DELETE  /api/v2/members/{member}                                    deleteMember       member/{member}
        POST    /api/v2/members/{member}/teams                              token

        # Access tokens. A path has the token's id alone, not its owner's, which the resource of a personal token begins
        # with: the API decides.
        *       /api/v2/tokens                                              token
        *       /api/v2/tokens/{token}                                      token
        POST    /api/v2/tokens/{token}/reset                                token

        # Custom roles.
        GET     /api/v2/roles                                               token
        POST    /api/v2/roles                                               createRole         role/new
        GET     /api/v2/roles/{role}                                        token
        PATCH   /api/v2/roles/{role}                                        token
        DELETE  /api/v2/roles/{role}                                        deleteRole         role/{role}

        # Teams.
        GET     /api/v2/teams                                               token
        POST    /api/v2/teams                                               createTeam         team/new
        GET     /api/v2/teams/{team}                                        viewTeam           team/{team}
        PATCH   /api/v2/teams/{team}                                        viewTeam           team/{team}
        DELETE  /api/v2/teams/{team}                                        deleteTeam         team/{team}
        GET     /api/v2/teams/{team}/roles                                  viewTeam           team/{team}
        GET     /api/v2/teams/{team}/maintainers                            viewTeam           team/{team}

        # The audit log. A POST only asks for more than a GET can say.
        GET     /api/v2/auditlog                                            token
        POST    /api/v2/auditlog                                            token
        GET     /api/v2/auditlog/{entry}                                    token

        """#
}
