import JMESPath
import Testing

@Suite struct JSONWriterTests {
    @Test func indentsAsTheAzureCommandLineDoes() throws {
        let value = try JSONReader.read(Array(#"{"a":[1,{"b":[]}],"c":{},"d":"x"}"#.utf8))
        #expect(
            try JSONWriter.text(of: value, layout: .indented, escaping: .unprintable) == """
                {
                  "a": [
                    1,
                    {
                      "b": []
                    }
                  ],
                  "c": {},
                  "d": "x"
                }
                """)
    }

    @Test func nothingUnprintableIsLeft() throws {
        let odd = "\u{1B}[31m\u{7F}\u{9B}\u{202E}\u{2066}\u{2028}\u{E0041}\u{AD}é\u{200D}漢"
        let text = try JSONWriter.text(of: .string(odd), layout: .compact, escaping: .unprintable)
        #expect(text == #""\u001b[31m\u007f\u009b\u202e\u2066\u2028\udb40\udc41\u00adé\#u{200D}漢""#)
        let ascii = try JSONWriter.text(of: .string(odd), layout: .compact, escaping: .nonASCII)
        #expect(ascii.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
        for text in [text, ascii] {
            guard case .string(let again) = try JSONReader.read(Array(text.utf8)) else {
                Issue.record("no text")
                continue
            }
            #expect(Array(again.unicodeScalars) == Array(odd.unicodeScalars))
        }
    }
}
