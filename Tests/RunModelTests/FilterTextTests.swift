import RunModel
import Testing

/// Words and texts: names, ids, people, tags, parameters, properties.
struct FilterTextTests {
    private static let run = sampleRun(
        "7df7f855-8096", name: "Sweep_lr=0.01 Größe ΣΑΣ 日本", parent: "p1", user: "Ana",
        tags: [
            ("quality", "fantastic run"), ("worth another look", nil), ("empty", ""), ("n", "10"),
            ("date", "2026-11-02"),
        ],
        properties: [("author", "azureml-user")], params: [("lr", "0.01"), ("mode", "auto")])

    @Test(arguments: [
        "", "sweep", "SWEEP_LR", "7DF7", "8096", "größe", "GRÖßE", "σας", "ΣΑΣ", "日本",
        "'lr=0.01 g'",
        "sweep 7df7", "name:eep", "name:'0.01 GRÖ'", "name = 'Sweep_lr=0.01 Größe ΣΑΣ 日本'", "name != sweep", "id:7df",
        "id = 7df7f855-8096", "name ~ ^Sweep", "name ~ '^.{26}$'", "name ~ '(?i)^sweep'", #"name ~ '\d\.\d+'"#,
        #"name ~ '[\d.]+ Gr[äö]ße'"#, "name !~ ^sweep", "name like 'Sweep%'", "name like 'Sweep_lr%日_'",
        "name like '%%本'",
        "name ilike '%GRÖ%σας%'", "name not like 'sweep%'", "name not ilike 'x%'",
        "name in ('x', 'Sweep_lr=0.01 Größe ΣΑΣ 日本')",
        "name not in (x)", "name > A", "name < T", "user = Ana", "user != ana", "user:ana", "user is not null",
        "experiment = explore-runs", "experiment = 17", "experiment:EXPLORE", "experiment != x", "parent = p1",
        "root = p1",
        "parent is not null", "tags.quality", "tags.\"worth another look\"", "tag.quality = 'fantastic run'",
        "tag.quality:FAN",
        "tags.quality != x", "tags.quality is not null", "tags.`worth another look` is not null",
        "tags.missing is null",
        "-tags.missing", "tags.empty = ''", "tags.empty:''", "tags.empty", "tags:fantastic", "tag:WORTH", "params:lr",
        "params:auto",
        "property:azureml", "properties.author = azureml-user", "params.lr = 0.01", "params.lr < 0.1",
        "params.lr >= 1e-2",
        "tags.n > 9", "tags.n <= 10", "tags.date > '2026-11-01'", "tags.date < '2026-12'", "params.mode > aa",
        "not tags.missing = x", "tags.missing = x or sweep",
    ])
    func matches(filter: String) throws { #expect(try passes(filter, FilterTextTests.run)) }

    @Test(arguments: [
        "sweeps", "sweep notthere", "-sweep", "grosse", "gröss", "日曜", "name:7df7", "id:sweep", "name = sweep",
        "name ~ ^sweep",
        "name ~ '^.{25}$'", "name !~ Sweep", "name like 'sweep%'", "name like 'Sweep'", "name like '_'",
        "name not like '%'",
        "name ilike 'weep%'", "name not in ('Sweep_lr=0.01 Größe ΣΑΣ 日本')", "user = ana", "user is null",
        "experiment != 17",
        "experiment != explore-runs", "experiment in (x, y)", "parent is null", "parent != p1", "tags.Quality",
        "tags.missing",
        "tags.missing = x", "tags.missing != x", "tags.missing !~ x", "tags.missing not like x",
        "tags.missing not in (x)",
        "tags.`worth another look` = ''", "tags.`worth another look` != ''", "tags.`worth another look`:''",
        "tags.`worth another look` is null", "tags.quality is null", "tags.empty is null", "tags:azureml",
        "params:quality",
        "properties:lr", "params.lr = 0.010", "params.lr > 0.1", "params.mode < 5", "params.mode >= 5", "tags.n < 9",
        "tags.date > '2026-12'", "tag.quality = 'Fantastic run'",
    ])
    func doesNotMatch(filter: String) throws { #expect(try !passes(filter, FilterTextTests.run)) }

    @Test func aPartIsFoundWhereverItStands() throws {
        // Names around the eight bytes that are looked at together.
        for length in 1...40 {
            for start in 0..<length {
                let name =
                    String(repeating: "-", count: start) + "Q" + String(repeating: "_", count: length - start - 1)
                #expect(try passes("name:q", sampleRun(name: name)), "\(name)")
                #expect(try !passes("name:qq", sampleRun(name: name)), "\(name)")
                #expect(try passes("name:'\(name.suffix(9).lowercased())'", sampleRun(name: name)), "\(name)")
            }
        }
    }

    @Test func onlyLettersFold() throws {
        // These differ from each other in the bit that tells letter cases apart.
        for (name, other) in [("@", "`"), ("[", "{"), ("^", "~"), ("_", "\u{7F}"), ("\u{D}", "-"), ("×", "÷")] {
            #expect(try !passes("name:\"\(name)\"", sampleRun(name: other)), "\(name)")
            #expect(try passes("name:\"\(name)\"", sampleRun(name: "x\(name)y")), "\(name)")
        }
    }

    @Test func longPatternsOfPercentSignsEnd() throws {
        let name = String(repeating: "a", count: 2000)
        #expect(try !passes("name like '\(String(repeating: "%a", count: 200))%b'", sampleRun(name: name)))
        #expect(try !passes("name ~ '(a+)+$b'", sampleRun(name: name)))
    }
}
