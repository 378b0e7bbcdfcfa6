import RunModel
import Testing

/// What a text means, shown by its canonical spelling.
struct FilterParsingTests {
    @Test(arguments: [
        ("", ""),
        ("  \t\n", ""),
        ("sweep", "'sweep'"),
        ("a b", "'a' and 'b'"),
        ("a and b AND c", "'a' and 'b' and 'c'"),
        ("a or b c", "'a' or 'b' and 'c'"),
        ("(a or b) c", "('a' or 'b') and 'c'"),
        ("a or b or c", "'a' or 'b' or 'c'"),
        ("(a or b) or (c)", "'a' or 'b' or 'c'"),
        ("(a b) (c)", "'a' and 'b' and 'c'"),
        ("not a b", "not 'a' and 'b'"),
        ("not (a b)", "not ('a' and 'b')"),
        ("-a", "not 'a'"),
        ("--a", "not not 'a'"),
        ("-status:running", "not status : 'running'"),
        ("-(a or b)", "not ('a' or 'b')"),
        ("-tags.k", "not tags.k IS NOT NULL"),
        ("-5", "'-5'"),
        ("-.5", "'-.5'"),
        ("'-a'", "'-a'"),
        ("a-b", "'a-b'"),
        ("\"it's\"", "\"it's\""),
        ("it's", "\"it's\""),
        ("order android nothing", "'order' and 'android' and 'nothing'"),
        ("'and' \"or\"", "'and' and 'or'"),
        ("train.py run.py", "'train.py' and 'run.py'"),
        ("status", "'status'"),
        ("runs in production", "'runs' and 'in' and 'production'"),
        ("is like null", "'is' and 'like' and 'null'"),
        ("a(b)c", "'a' and 'b' and 'c'"),
        ("status = running", "status = 'running'"),
        ("STATUS==Running", "status = 'Running'"),
        ("name:a=b", "name : 'a=b'"),
        ("name ~ ^x.*y$", "name ~ '^x.*y$'"),
        ("name !~ 'a b'", "name !~ 'a b'"),
        ("run_id IN (a, 'b c',)", "id IN ('a', 'b c')"),
        ("user not in (ana)", "user NOT IN ('ana')"),
        ("tag.x not like '%a'", "tags.x NOT LIKE '%a'"),
        ("tags.x Is Not Null", "tags.x IS NOT NULL"),
        ("tag.x ilike 'a'", "tags.x ILIKE 'a'"),
        ("tags.quality metrics.loss", "tags.quality IS NOT NULL and metrics.loss IS NOT NULL"),
        ("tags.\"worth another look\"", "tags.`worth another look` IS NOT NULL"),
        ("tags.`a``b` = x", "tags.`a``b` = 'x'"),
        ("`tags`.a = x", "tags.a = 'x'"),
        ("tags.mlflow.parentRunId='x'", "tags.mlflow.parentRunId = 'x'"),
        ("metrics.val/acc > .5", "metrics.val/acc > 0.5"),
        ("metrics.m = nan metrics.m < -inf", "metrics.m = nan and metrics.m < -inf"),
        ("metrics.m = '0.5'", "metrics.m = '0.5'"),
        ("tag:quality property:x", "tags : 'quality' and properties : 'x'"),
        ("age<2d duration >= 1h30m", "age < 2d and duration >= 1h30m"),
        ("duration > 90 duration > 1.5s", "duration > 1m30s and duration > 1s500ms"),
        ("age < 10D age < 0", "age < 1w3d and age < 0s"),
        ("started > '2026-11-24 10:00Z'", "started > 2026-11-24T10:00Z"),
        ("start_time > 1700000000000", "started > 1700000000000"),
        ("number=3 number in (1,2)", "number = 3.0 and number IN (1.0, 2.0)"),
        (
            "status:running tag.quality=\"fantastic run\" metrics.loss < 0.3 or (name ~ \"^sweep\" and not user = ana) age<2d",
            "status : 'running' and tags.quality = 'fantastic run' and metrics.loss < 0.3"
                + " or name ~ '^sweep' and not user = 'ana' and age < 2d"
        ),
        ("a\u{A0}b\u{3000}c", "'a' and 'b' and 'c'"),
        ("tags.x = `it's \"so\"`", "tags.x = `it's \"so\"`"),
        (#"tags.x = "C:\""#, #"tags.x = `C:\`"#),
    ])
    func reads(text: String, canonical: String) throws {
        let filter = try Filter.parse(text)
        #expect(filter.text == text)
        #expect(filter.expression.description == canonical)
        #expect(try Filter.parse(canonical).expression == filter.expression)
    }

    @Test func givesTheExpressionAsData() throws {
        let filter = try Filter.parse("tags.a != 'x' or not sweep")
        #expect(
            filter.expression
                == .or([.comparison(FilterComparison(.tag("a"), .notEqual, [.text("x")])), .not(.bareWord("sweep"))]))
        #expect(Filter.all.expression == .and([]))
        #expect(try Filter.parse("") == Filter.all)
    }

    @Test func everyNameOfAKeyIsKnown() throws {
        for name in [
            "status", "name", "run_name", "id", "run_id", "user", "user_id", "experiment", "experiment_id", "parent",
            "root",
            "attributes.name", "attribute.run_name", "attr.status", "run.user_id", "tags.a", "tag.a", "params.a",
            "param.a",
            "parameters.a", "parameter.a", "properties.a", "property.a", "metrics.a", "metric.a", "artifact_uri",
            "dataset.name",
        ] {
            #expect(throws: Never.self, "\(name)") { try Filter.parse("\(name) = 'x'") }
        }
        for name in ["created", "started", "start_time", "ended", "end_time", "attributes.start_time", "age", "number"]
        {
            #expect(throws: Never.self, "\(name)") { try Filter.parse("\(name) > 17") }
        }
    }
}
