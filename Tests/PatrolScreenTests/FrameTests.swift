import PatrolDomain
@testable import PatrolScreen
import Testing

@Suite struct `Frames as text` {
    static let sizes = [(24, 80), (40, 120), (50, 160)]

    @Test(arguments: sizes) func `the tokens at first`(rows: Int, columns: Int) {
        let stage = Stage(rows: rows, columns: columns)
        expectGolden(stage.text, "tokens-\(columns)x\(rows)")
    }

    @Test(arguments: sizes) func `the members`(rows: Int, columns: Int) {
        var stage = Stage(rows: rows, columns: columns)
        stage.press("1", .down, .down)
        expectGolden(stage.text, "members-\(columns)x\(rows)")
    }

    @Test(arguments: sizes) func `a role with its policy`(rows: Int, columns: Int) {
        var stage = Stage(rows: rows, columns: columns)
        stage.press("2", .end, .up, .enter)
        expectGolden(stage.text, "role-\(columns)x\(rows)")
    }

    @Test(arguments: sizes) func `an audit entry before and after`(rows: Int, columns: Int) {
        var stage = Stage(rows: rows, columns: columns)
        stage.press("4", .down, .enter)
        expectGolden(stage.text, "entry-\(columns)x\(rows)")
    }

    @Test(arguments: sizes) func `a token whose owner may less`(rows: Int, columns: Int) {
        var stage = Stage(rows: rows, columns: columns)
        stage.press(.down, .down, .down, .down, .enter)
        expectGolden(stage.text, "token-\(columns)x\(rows)")
    }

    @Test(arguments: sizes) func `the help`(rows: Int, columns: Int) {
        var stage = Stage(rows: rows, columns: columns)
        stage.press("?")
        expectGolden(stage.text, "help-\(columns)x\(rows)")
    }

    @Test(arguments: sizes) func `a deletion`(rows: Int, columns: Int) {
        var stage = Stage(rows: rows, columns: columns)
        stage.press("d")
        expectGolden(stage.text, "delete-\(columns)x\(rows)")
    }

    @Test(arguments: sizes) func `a removal with what it touches`(rows: Int, columns: Int) {
        var desk = Desk()
        desk.impact = Impact(
            touched: [
                Impact.Touched(AuditTarget(.member, id: "1", name: "Kim Roe"), effect: .killed, example: nil),
                Impact.Touched(AuditTarget(.token, id: "2", name: "deploy everything"), effect: .killed, example: nil),
                Impact.Touched(
                    AuditTarget(.token, id: "3", name: "nightly\u{1B}[2J"), effect: .weakened,
                    example: Request(Action("updateOn"), on: .account)),
            ], examined: 14, notExamined: 3)
        var stage = Stage(rows: rows, columns: columns, desk: desk)
        stage.press("1", .down, "d")
        expectGolden(stage.text, "remove-\(columns)x\(rows)")
    }

    @Test(arguments: sizes) func `the forms`(rows: Int, columns: Int) {
        var stage = Stage(rows: rows, columns: columns)
        stage.press("1", "a")
        stage.type("kim@")
        expectGolden(stage.text, "invite-\(columns)x\(rows)")
        stage.press(.escape, .down, .enter, "2", .end, "e", .tab, .tab, .tab)
        expectGolden(stage.text, "editrole-\(columns)x\(rows)")
    }

    @Test(arguments: sizes) func `a creation page by page`(rows: Int, columns: Int) {
        var stage = Stage(rows: rows, columns: columns)
        stage.press("a")
        stage.type("release bot")
        stage.press(.enter)
        stage.type("turns releases on and off")
        expectGolden(stage.text, "create-1-\(columns)x\(rows)")
        stage.press(.control("s"), .enter)
        stage.type("feature flag")
        expectGolden(stage.text, "create-2-\(columns)x\(rows)")
        stage.press(.enter, .enter)
        stage.type("update")
        stage.press(" ", " ", " ")
        expectGolden(stage.text, "create-3-\(columns)x\(rows)")
        stage.press(.enter, .enter)
        expectGolden(stage.text, "create-4-\(columns)x\(rows)")
        stage.press(.enter)
        expectGolden(stage.text, "create-5-\(columns)x\(rows)")
        stage.press(.enter)
        expectGolden(stage.text, "create-6-\(columns)x\(rows)")
        stage.desk.secret = ShownSecret("ptlp_4fK9aZ0Qw2Lm_7HqabcdefghijklmnopqrstuvwxyzABCc3A1xZ")
        stage.press(.enter)
        expectGolden(stage.text, "create-7-\(columns)x\(rows)")
    }
}
