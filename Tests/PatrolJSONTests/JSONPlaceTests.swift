import PatrolJSON
import Testing

struct JSONPlaceTests {
    private static let text = """
        {"items": [
          {"a": "x,]}\\"", "b": [1, 2, {"é": [true ]}]},
          null, {"é": 1, "c": 2}
        ]}
        """

    @Test(arguments: [
        ([], 1, 1),
        ([.name("items")], 1, 11),
        ([.name("items"), .index(0)], 2, 3),
        ([.name("items"), .index(0), .name("b")], 2, 24),
        ([.name("items"), .index(0), .name("b"), .index(2), .name("é"), .index(0)], 2, 38),
        ([.name("items"), .index(1)], 3, 3),
        ([.name("items"), .index(2), .name("c")], 3, 23),
    ] as [([JSONPlace.Step], Int, Int)])
    func `a value is found in its text`(path: [JSONPlace.Step], line: Int, column: Int) {
        #expect(
            JSONPlace(of: path, in: Array(Self.text.utf8)) == JSONPlace(line: line, column: column))
    }

    @Test(arguments: [
        [.index(0)], [.name("item")], [.name("items"), .index(3)],
        [.name("items"), .index(1), .name("a")],
    ] as [[JSONPlace.Step]])
    func `a value that is not there is not found`(path: [JSONPlace.Step]) {
        #expect(JSONPlace(of: path, in: Array(Self.text.utf8)) == nil)
    }

    @Test(arguments: ["", "[", "{", #"{"a"#, #"{"a":"#, #"["\"#, "[1", "]", #"{"items":["#])
    func `a broken text does no harm`(text: String) {
        #expect(JSONPlace(of: [.name("items"), .index(1)], in: Array(text.utf8)) == nil)
    }
}
