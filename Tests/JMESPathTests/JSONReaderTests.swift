import JMESPath
import Testing

@Suite struct JSONReaderTests {
    private func error(_ bytes: [UInt8]) -> String? {
        do throws(JSONSyntaxError) {
            _ = try JSONReader.read(bytes)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: [
        "", " ", "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "]", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,}",
        "{a:1}", "{1:2}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "1 2", "nul", "True",
        "nan", "+1", "01", "-", "-01", "1.", ".5", "1e", "1e+", "1.e5", "0x1", "'a'", "\"", "\"a", "\"\\", "\"\\x\"",
        "\"\\u12\"", "\"\\u12g4\"", "\"\\ud83d\\u12\"", "\"a\nb\"", "\"\u{0}\"",
        "\"\t\"", "\u{FEFF}1", "1\u{A0}", "[1}", "{\"a\":1]", "-Infinit", "// a\n1",
    ])
    func refuses(_ text: String) { #expect(error(Array(text.utf8)) != nil) }

    @Test func refusesWhatIsNotUTF8() {
        for bytes: [UInt8] in [
            [0xFF], [0xC3], [0xE2, 0x82], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
        ] {
            #expect(error([0x22] + bytes + [0x22]) != nil)
        }
    }

    @Test func tellsThePlace() {
        #expect(error(Array("[1,\n 2 3]".utf8)) == "line 2, column 4: ',' or ']' is missing.")
        #expect(error(Array("".utf8)) == "line 1, column 1: a value is missing.")
        #expect(error(Array("{\"a\": x}".utf8)) == "line 1, column 7: this begins no value.")
        #expect(error(Array("\n\n1 1".utf8)) == "line 3, column 3: the value ends before this.")
    }

    @Test(arguments: [
        "null", "[]", "{}", #"{"z":1,"a":[true,false,null],"é":"e\#u{301}"}"#,
        "[1,1.0,-0.0,1e+16,12345678901234567890]", #""\"\\\b\f\n\r\t\u0000\u001f""#, "\"/\"",
        "[NaN,Infinity,-Infinity]",
        "[[[]],{\"a\":{}}]", "\"👨‍👩‍👧\"",
    ])
    func whatIsWrittenIsTheSame(_ text: String) throws {
        let value = try JSONReader.read(Array(text.utf8))
        #expect(try JSONWriter.text(of: value, layout: .compact, escaping: .unprintable) == text)
        let indented = try JSONWriter.text(of: value, layout: .indented, escaping: .nonASCII)
        let again = try JSONReader.read(Array(indented.utf8))
        #expect(try JSONWriter.text(of: again, layout: .compact, escaping: .unprintable) == text)
    }
}
