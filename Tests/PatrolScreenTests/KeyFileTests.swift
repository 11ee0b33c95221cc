@testable import PatrolPresentation
@testable import PatrolScreen
import Testing

@Suite struct `A file of keys` {
    private func faults(_ text: String) -> [String] {
        do throws(KeyFaults) {
            _ = try KeyTable(parsing: Array(text.utf8))
            return []
        } catch { return error.faults.map(\.sentence) }
    }

    @Test func `a command gets the keys that stand there, everywhere they are told`() {
        var stage = Stage(rows: 40, columns: 120)
        #expect(stage.model.takeKeys(Array(#"{"flagToken": ["n", "F8"], "undo": []}"#.utf8), from: "keys.json") == nil)
        #expect(stage.text.contains("n flag"), "the bottom line")
        stage.press("f")
        #expect(stage.model.dialogs.isEmpty)
        stage.press(.function(8))
        #expect(stage.text.contains("Flag legacy api"))
        stage.press(.escape, "?")
        stage.type("flag for")
        #expect(stage.text.contains("n F8"))
        stage.press(.escape, "u")
        #expect(stage.model.status == nil, "a command without keys has none")
    }

    @Test func `sentences name the keys in force`() {
        var stage = Stage(rows: 40, columns: 120)
        _ = stage.model.takeKeys(Array(#"{"unmarkAll": ["Z"], "times": ["F9"], "viewMenu": []}"#.utf8), from: "keys.json")
        stage.press(" ", " ", "e")
        #expect(stage.text.contains("take off the marks with Z"), "\(stage.text)")
        stage.press(.function(9))
        #expect(stage.text.contains("F9: how long ago"))
    }

    @Test func `everything that is wrong is told by line`() {
        let text = """
            {"flagToken": ["n"],
             "flyToken": ["x"],
             "undo": ["Hyper-X", 7],
             "sort": "s",
             "reload": ["Ctrl-C"],
             "quit": ["d"]
            }
            """
        let told = faults(text)
        #expect(told.count == 8, "\(told)")
        #expect(told[0] == "line 2: there is no command `flyToken`")
        #expect(told[1] == "line 3: there is no key `Hyper-X`")
        #expect(told.contains("line 4: the keys of a command are a list of texts, at most 8"))
        #expect(told.filter { $0.hasPrefix("line 6: `d` means") }.count == 3, "in each of three lists")
        #expect(told.contains("line 5: `Ctrl-C` always stays what it is"))
    }

    @Test func `a clash names the other command`() {
        #expect(faults(#"{"zoom": ["f"]}"#) == ["line 1: `f` means `flagToken` in the same place"])
        #expect(faults(#"{"zoom": ["f"], "flagToken": ["n"]}"#).isEmpty, "unless that one has another key now")
        #expect(faults("{\"createRole\": [\"f\"]}").isEmpty, "roles and tokens never meet")
    }

    @Test(arguments: ["", "[", "[]", "7", "{\"a\":1,\"a\":2}", "\u{FEFF}{}", "{\"flagToken\": [\"\\u0000\"]}"])
    func `what is no file of keys leaves the usual ones`(text: String) {
        var stage = Stage()
        let fault = stage.model.takeKeys(Array(text.utf8), from: "/home/kim/.config/patrol/keys.json")
        #expect(stage.model.keys == .standard)
        #expect(fault?.contains("the usual keys stay") == true)
    }

    @Test func `a file that is too large is not read`() {
        #expect(faults(String(repeating: " ", count: 70_000) + "{}").count == 1)
    }

    @Test func `every key has a name that is read again`() {
        let keys: [PatrolScreen.Key] = [
            "f", "F", " ", ".", .control("r"), .function(1), .function(12), .enter, .escape, .tab, .backTab, .pageUp, .pageDown,
            .home, .end, .backspace, .delete,
        ]
        for key in keys { #expect(PatrolScreen.Key(named: key.words.text) == key, "\(key)") }
        for name in ["", "F0", "F13", "Ctrl-", "Ctrl-1", "ff", "Meta-X", "\u{1}"] { #expect(PatrolScreen.Key(named: name) == nil, "\(name)") }
    }
}
