extension Catalogue {
    /// LaunchDarkly's resource types and actions: the list of March 2025, what its documentation has added since,
    /// and what old policies still name.
    package static let launchDarkly: Catalogue = {
        do throws(CatalogueFault) {
            return Catalogue(types: try Catalogue(parsing: launchDarklyText).types, versions: launchDarklyVersions)
        } catch {
            preconditionFailure("line \(error.line), column \(error.column) of the catalogue: \(error.reason)")
        }
    }()

    /// Versions of the REST API. The second newest ends with the year 2026 (its migration guide, November 2026); when the
    /// older ones ended is not kept here, because being so far behind is enough.
    private static let launchDarklyVersions = [
        APIVersion(number: 20_240_415, endsAt: nil),
        APIVersion(number: 20_220_603, endsAt: Timestamp(milliseconds: 1_798_761_600_000)),
        APIVersion(number: 20_210_729, endsAt: nil), APIVersion(number: 20_191_212, endsAt: nil),
        APIVersion(number: 20_160_426, endsAt: nil),
    ]

    private static let launchDarklyText = #"""
        # The account and the people in it.
        acct "account" \#
            createAnnouncement deleteAnnouncement updateAnnouncement createSamlConfig deleteSamlConfig \#
            createScimConfig deleteScimConfig deleteAccount deleteAccountToken updateAccountToken \#
            deleteSubscription updateSubscription getPaymentCard updatePaymentCard updateBillingContact \#
            updateOrganization updateAccountOwner updateRequireMfa revokeSessions updateSessionDuration \#
            updateSessionRefresh updateSamlEnabled updateSamlRequireSso updateSamlSsoUrl updateSamlLogoutUrl \#
            updateSamlX509Certificate updateSamlX509KeystoreId updateSamlDecryptionEnabled \#
            updateSamlDefaultRole updateSamlRequestSigningEnabled enableIdPManagingTeams \#
            disableIdPManagingTeams createAIEvaluation updateAIEvaluation deleteAIEvaluation \#
            updateAccountTokenLimit
        member/* "member" \#
            createMember deleteMember updateRole updateCustomRole updateMemberRoleAttributes sendMfaRequest \#
            sendMfaRecoveryCode approveDomainMatchedMember resetMemberMfa activateScimMember \#
            deactivateScimMember
        member/*:token/* "personal token" \#
            createAccessToken deleteAccessToken resetAccessToken updateAccessTokenName \#
            updateAccessTokenDescription updateAccessTokenPolicy updateAccessTokenExpiry
        service-token/* "service token" \#
            createAccessToken deleteAccessToken resetAccessToken updateAccessTokenName \#
            updateAccessTokenDescription updateAccessTokenExpiry
        role/* "custom role" \#
            createRole deleteRole updateName updateDescription updatePolicy updateBasePermissions \#
            updateMembers updateTokens
        team/* "team" \#
            createTeam deleteTeam updateTeamName updateTeamDescription updateTeamMembers \#
            updateTeamCustomRoles updateTeamPermissionGrants viewTeam
        pending-request/* "pending request" updatePendingRequest
        domain-verification/* "domain verification" \#
            createDomainVerification updateDomainVerification deleteDomainVerification
        ip-allowlist "IP allowlist" \#
            createIpAllowlistEntry updateIpAllowlistEntry deleteIpAllowlistEntry \#
            updateIpAllowlistEnabled viewIpAllowlist

        # Projects, environments and what is in both.
        proj/* "project" \#
            createProject deleteProject updateProjectName updateTags updateDefaultClientSideAvailability \#
            updateIncludeInSnippetByDefault updateProjectFlagDefaults updateDefaultReleasePipeline \#
            viewProject updateLifecycleSettings updateObservabilitySettings \#
            updateViewAssociationRequirements
        proj/*:env/* "environment" \#
            createEnvironment deleteEnvironment updateName updateColor updateTags updateTtl updateApiKey \#
            updateMobileKey updateSecureMode updateCritical updateConfirmChanges updateRequireComments \#
            updateDefaultTrackEvents updateApprovalSettings deleteContextInstance importEventData viewSdkKey
        proj/*:env/*:flag/* "feature flag" \#
            updateOn updateTargets updateExpiringTargets updateRules updateFlagRuleDescription \#
            updateFallthrough updateOffVariation updatePrerequisites updateScheduledChanges \#
            updateFeatureWorkflows updateTrackEvents updateFlagSalt createTriggers updateTriggers \#
            deleteTriggers copyFlagConfigFrom copyFlagConfigTo createApprovalRequest updateApprovalRequest \#
            reviewApprovalRequest applyApprovalRequest deleteApprovalRequest bypassRequiredApproval \#
            manageFlagFollowers updateFallthroughWithMeasuredRollout updateRulesWithMeasuredRollout \#
            updateMeasuredRolloutConfiguration stopMeasuredRolloutOnFlagFallthrough \#
            stopMeasuredRolloutOnFlagRule updateFlagConfigMigrationSettings updateReleasePhaseStatus \#
            createFlag+ cloneFlag+ deleteFlag+ updateName+ updateDescription+ updateTags+ updateTemporary+ \#
            updateMaintainer+ updateGlobalArchived+ updateDeprecated+ updateIncludeInSnippet+ \#
            updateClientSideFlagAvailability+ updateFlagVariations+ updateFlagDefaultVariations+ \#
            updateFlagCustomProperties+ addReleasePipeline+ replaceReleasePipeline+ removeReleasePipeline+ \#
            createFlagLink+ updateFlagLink+ deleteFlagLink+ updateVariationJsonSchema+ \#
            updateExpiringRules updateFlagFallthroughTrackEvents createExperiment deleteExperiment \#
            deleteExperimentResults updateExperimentActive updateExperimentBaseline updateAttachedGoals \#
            updateAttachedMetrics deleteFlagAttachedGoalResults updateVariations+
        proj/*:env/*:segment/* "segment" \#
            createSegment deleteSegment updateName updateDescription updateTags updateIncluded \#
            updateExcluded updateRules updateExpiringTargets updateScheduledChanges createApprovalRequest \#
            updateApprovalRequest reviewApprovalRequest applyApprovalRequest deleteApprovalRequest \#
            bypassRequiredSegmentApproval updateExpiringRules
        proj/*:env/*:experiment/* "experiment" createExperiment updateExperiment updateExperimentArchived
        proj/*:env/*:holdout/* "holdout" \#
            createHoldout addExperimentToHoldout removeExperimentFromHoldout updateHoldoutName \#
            updateHoldoutDescription updateHoldoutMethodology updateHoldoutStatus \#
            updateHoldoutRandomizationUnit
        proj/*:env/*:destination/* "data export destination" \#
            createDestination deleteDestination updateName updateConfiguration updateOn
        proj/*:env/*:user/* "user" deleteUser
        proj/*:env/*:notification-subscription/* "notification subscription" \#
            createNotificationSubscription deleteNotificationSubscription
        proj/*:env/*:assignment-data-source/* "assignment data source" \#
            createAssignmentDataSource updateAssignmentDataSource
        proj/*:metric/* "metric" \#
            createMetric deleteMetric updateName updateDescription updateTags updateOn updateEventKey \#
            updateEventDefault updateUrls updateSelector updateNumeric updateNumericUnit \#
            updateNumericSuccess updateUnitAggregationType updateRandomizationUnits updateMaintainer \#
            updateArchived updateAnalysisType updateMetricDenominator updateWindowOffset updateKey \#
            updateOptimizelyMetrics
        proj/*:metric-group/* "metric group" \#
            createMetricGroup deleteMetricGroup updateMetricGroupName updateMetricGroupDescription \#
            updateMetricGroupTags updateMetricGroupMaintainer updateMetricGroupMetrics
        proj/*:layer/* "layer" createLayer updateLayer updateLayerConfiguration
        proj/*:context-kind/* "context kind" \#
            createContextKind updateContextKind updateAvailabilityForExperiments
        proj/*:release-pipeline/* "release pipeline" \#
            createReleasePipeline deleteReleasePipeline updateReleasePipelineName \#
            updateReleasePipelineDescription updateReleasePipelineTags updateReleasePipelinePhase \#
            updateReleasePipelinePhaseName
        proj/*:release-policy/* "release policy" \#
            createReleasePolicy updateReleasePolicy updateReleasePolicyRank deleteReleasePolicy
        proj/*:view/* "view" \#
            createView viewView updateView deleteView linkFlagToView unlinkFlagFromView linkSegmentToView \#
            unlinkSegmentFromView
        proj/*:aiconfig/* "AI config" \#
            createAIConfig updateAIConfig deleteAIConfig updateAIConfigVariation deleteAIConfigVariation \#
            createApprovalRequest updateApprovalRequest reviewApprovalRequest applyApprovalRequest \#
            deleteApprovalRequest
        proj/*:ai-model-config/* "AI model config" createAIModelConfig deleteAIModelConfig
        proj/*:agent-graph/* "agent graph" createAgentGraph updateAgentGraph deleteAgentGraph
        proj/*:prompt-snippet/* "prompt snippet" \#
            createPromptSnippet updatePromptSnippet deletePromptSnippet
        proj/*:session/* "session" viewSession
        proj/*:error/* "error" viewError updateErrorStatus
        proj/*:log/* "log" viewLog
        proj/*:trace/* "trace" viewTrace
        proj/*:alert/* "alert" createAlert deleteAlert updateAlertOn updateAlertConfiguration

        # Beside the projects.
        application/* "application" \#
            createApplication deleteApplication updateApplicationDescription updateApplicationKind \#
            updateApplicationMaintainer createApplicationVersion deleteApplicationVersion \#
            updateApplicationVersionName updateApplicationVersionSupport
        integration/* "integration" \#
            createIntegration deleteIntegration updateName updateConfiguration updateOn \#
            validateConnection updateIntegration
        webhook/* "webhook" \#
            createWebhook deleteWebhook updateName updateUrl updateSecret updateStatements updateQuery \#
            updateTags updateOn
        code-reference-repository/* "code reference repository" \#
            createCodeRefsRepository deleteCodeRefsRepository updateCodeRefsRepositoryName \#
            updateCodeRefsRepositoryConfiguration updateCodeRefsRepositoryBranches \#
            updateCodeRefsRepositoryOn
        relay-proxy-config/* "Relay Proxy configuration" \#
            createRelayAutoConfiguration deleteRelayAutoConfiguration resetRelayAutoConfiguration \#
            updateRelayAutoConfigurationName updateRelayAutoConfigurationPolicy
        template/* "template" createTemplate deleteTemplate viewTemplate
        """#
}
