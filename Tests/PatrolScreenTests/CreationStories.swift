import PatrolDomain
@testable import PatrolScreen
import Testing

@Suite struct `Creating a token from what it must do` {
    /// The page where it is chosen where to begin.
    private func started(_ desk: Desk = Desk(), rows: Int = 24, columns: Int = 80) -> Stage {
        var stage = Stage(rows: rows, columns: columns, desk: desk)
        stage.press("a")
        stage.type("release bot")
        stage.press(.control("s"))
        return stage
    }

    /// The switch in one environment, with its blanks filled in.
    private func toggling(_ desk: Desk = Desk(), rows: Int = 24, columns: Int = 80) -> Stage {
        var stage = started(desk, rows: rows, columns: columns)
        stage.press(.down, .enter)
        stage.type("ci")
        stage.press(.enter)
        stage.type("web")
        stage.press(.enter)
        stage.type("production")
        stage.press(.enter)
        return stage
    }

    @Test func `a template with its blanks filled in becomes the token's policy`() throws {
        var stage = toggling()
        #expect(stage.text.contains("allow updateOn on proj/web:env/production:flag/*"))
        stage.press(.enter)
        #expect(stage.text.contains("inline policy") && stage.text.contains("nothing more"))
        stage.press(.enter)
        #expect(stage.text.contains("▸ a month"))
        stage.press(.enter, .enter)
        guard case .createToken(let creation)? = stage.takeCommands().first else {
            Issue.record("no token was asked for:\n\(stage.text)")
            return
        }
        let template = try #require(Template.builtIn.first { $0.key.text == "ci-toggle" })
        let policy = try template.policy.filled(["project": ["web"], "environment": ["production"]])
        #expect(creation.scope == .inline(policy) && creation.expiresAt == Sample.now + .days(30))
    }

    @Test func `several values are several resources, and a bad one is told`() {
        var stage = started()
        stage.press(.down, .enter)
        stage.type("ci")
        stage.press(.enter, .enter)
        #expect(stage.text.contains("`project` is not said"))
        stage.type("web:env/x")
        stage.press(.enter)
        #expect(stage.text.contains("`web:env/x` can't be the `project`"))
        stage.press(.control("u"))
        stage.send(.paste("web app"))
        stage.press(.enter)
        #expect(stage.text.contains("Which environment?"))
        // One step back, and what was written is there.
        stage.press(.escape)
        #expect(stage.text.contains("web app"))
        stage.press(.enter)
        stage.type("*")
        stage.press(.enter)
        #expect(stage.text.contains("proj/web:env/*:flag/*, proj/app:env/*:flag/*"))
    }

    @Test func `the ranking says what a role gives beyond, and an exact role is taken`() throws {
        var stage = toggling()
        stage.press(.enter, .down)
        #expect(stage.text.contains("Covers it; also `"))
        // The sample's robot may switch on in production, and that is all.
        let lines = stage.text.split(separator: "\n").filter { $0.contains("role `") || $0.contains("base role") }
        #expect(lines.first?.contains("release-robot") == true, "\(stage.text)")
        stage.press(.enter, .enter, .enter)
        guard case .createToken(let creation)? = stage.takeCommands().first else {
            Issue.record("no token was asked for:\n\(stage.text)")
            return
        }
        #expect(creation.scope == .customRoles([Sample.roleID(2)]))
    }

    @Test func `what the creator may not do himself is shown as withheld`() {
        var desk = Desk()
        desk.me = Sample.members[3]
        var stage = toggling(desk)
        stage.press(.enter)
        #expect(stage.text.contains("you may not do all of it yourself") && stage.text.contains("`updateOn` on"))
        var own = toggling()
        own.press(.enter)
        #expect(!own.text.contains("withheld"))
    }

    @Test func `a hidden template is not offered`() {
        var desk = Desk()
        desk.templates[1].template.deletedAt = Sample.now
        var stage = started(desk)
        stage.press(.down, .enter)
        #expect(stage.text.contains("Read-only export") && !stage.text.contains("CI: switch"))
    }

    @Test(arguments: [(24, 80), (40, 120)]) func `the ranking looks so`(rows: Int, columns: Int) {
        var desk = Desk()
        desk.me = Sample.members[3]
        var stage = toggling(desk, rows: rows, columns: columns)
        stage.press(.enter, .down, .down)
        expectGolden(stage.text, "ranking-\(columns)x\(rows)")
    }
}

@Suite struct `The editor of templates` {
    private func opened(_ desk: Desk = Desk(), rows: Int = 24, columns: Int = 80) -> Stage {
        var stage = Stage(rows: rows, columns: columns, desk: desk)
        stage.press(":")
        stage.type("templates")
        stage.press(.enter)
        return stage
    }

    @Test(arguments: [(24, 80), (40, 120)]) func `the list looks so`(rows: Int, columns: Int) {
        var desk = Desk()
        desk.templates[2].template.deletedAt = Sample.now
        var stage = opened(desk, rows: rows, columns: columns)
        stage.press(.down)
        expectGolden(stage.text, "templates-\(columns)x\(rows)")
    }

    @Test func `an admin changes one that comes with Patrol`() throws {
        var stage = opened()
        stage.press(.down, .enter, .tab, .tab, .control("u"))
        stage.type("7")
        stage.press(.control("s"))
        guard case .saveTemplate(let save)? = stage.takeCommands().first else {
            Issue.record("nothing was saved:\n\(stage.text)")
            return
        }
        let original = try #require(Template.builtIn(save.key))
        #expect(save.key.text == "ci-toggle" && save.expiryDays == 7 && save.version == 0)
        #expect(save.policy == original.policy && save.name == original.name)
        #expect(stage.model.dialogs.isEmpty && stage.text.contains("saved the template"))
    }

    @Test func `a new one takes a key, days and a policy that can be read`() {
        var stage = opened()
        stage.press("a")
        stage.type("my key")
        stage.press(.tab)
        stage.type("Mine")
        stage.press(.tab, .tab)
        stage.press(.control("u"))
        stage.type("0")
        stage.press(.control("s"))
        #expect(stage.text.contains("letters, digits, . - _") && stage.text.contains("1 to 3650 days, or never"))
        #expect(stage.takeCommands().isEmpty)
        stage.press(.control("u"))
        stage.type("mine")
        stage.press(.tab, .tab, .tab, .control("u"))
        stage.type("never")
        stage.press(.control("s"))
        guard case .saveTemplate(let save)? = stage.takeCommands().first else {
            Issue.record("nothing was saved:\n\(stage.text)")
            return
        }
        #expect(save.key.text == "mine" && save.name == "Mine" && save.expiryDays == nil && save.policy.blanks == ["project"])
    }

    @Test func `hiding is asked about`() {
        var stage = opened()
        stage.press("d")
        #expect(stage.text.contains("Hide the template Read-only export?"))
        stage.press(.tab, .enter)
        #expect(stage.takeCommands() == [.deleteTemplate(Template.builtIn[0].key, version: 0)])
    }

    @Test func `who is no admin reads them`() {
        var desk = Desk()
        desk.me = Sample.members[3]
        var stage = opened(desk)
        #expect(stage.text.contains("Code references"))
        for key: PatrolScreen.Key in ["a", "e", "d", .enter] {
            stage.press(key)
            #expect(stage.model.dialogs.count == 1 && stage.text.contains("updateOrganization"), "\(stage.text)")
        }
        stage.press(.escape)
        #expect(stage.model.dialogs.isEmpty)
    }
}
