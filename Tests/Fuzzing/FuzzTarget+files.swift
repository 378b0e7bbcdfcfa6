import FileAccess
import HTTPTransport
import MLflowService
import MLflowStores
import RunModel
import RunServices

extension FuzzTarget {
    /// `meta.yaml` of a run or an experiment.
    static let metaFile = FuzzTarget(
        "metaFile",
        seeds: [
            "run_id: a\nstatus: 3\nstart_time: 1534216757000\nend_time: null\nrun_name: 'it''s'\nlifecycle_stage: active\n",
            "{run_id: \"a\", status: 9223372036854775808, run_name: \"a: \\\"b\\\" \\u00fc\"}",
            "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\nrun_id: a\n", "? &k [a]\n: *k\n", "- - - - a",
            "run_name: >-\n  folded\n  text\ntags: []\n", "[[[[[[[[", "%YAML 1.1\n---\n!!str a: !!int \"3\"\n...\n",
        ]
    ) { bytes in
        guard let file = MetaFile(bytes) else { return }
        _ = file.status
        for key in file.fields.keys { _ = file.integer(key).map(Timestamp.init(milliseconds:)) }
    }

    /// The lines of a metric's file.
    static let metricFile = FuzzTarget(
        "metricFile",
        seeds: [
            "1534216757000 0.5 0\n1534216758000 nan 1\n", "9223372036854775807 1e308 -9223372036854775808\n",
            "1 -inf 9223372036854775807 name digest\r\n2 3", "1 2 3 4 5 6\n\n \n", "-1 0x1p3 1\n1 1_0 1\n",
        ]
    ) { bytes in
        var latest: MetricPoint?
        for includesLast in [false, true] {
            MetricFile.forEachPoint(bytes, includingLast: includesLast) { point in
                if latest.map({ MetricFile.isLater(point, than: $0) }) ?? true { latest = point }
            }
        }
    }

    /// Addresses of servers, proxies and stores, and headers with times.
    static let addresses = FuzzTarget(
        "addresses",
        seeds: [
            "https://user:pass%40word@mlflow.example.org:8443/a/b/", "http://[::1]:65536/",
            "http://a:99999999999999999999",
            "10.0.0.0/33, .example.org, *", "Sun, 06 Nov 9999 08:49:60 GMT", "9223372036854775807", "HTTPS://é.example",
        ]
    ) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        _ = RetryAfter.seconds(text, date: "Sun, 06 Nov 1994 08:49:37 GMT")
        _ = RetryAfter.seconds("Sun, 06 Nov 1994 08:49:37 GMT", date: text)
        guard let address = try? HTTPAddress("http://10.1.2.3:80/") else { return }
        _ = try? HTTPProxy.forAddress(address, environment: ["http_proxy": text])
        _ = try? HTTPProxy.forAddress(address, environment: ["http_proxy": "http://p", "no_proxy": text])
        if let address = try? HTTPAddress(text) {
            precondition((1...65_535).contains(address.port))
            // No secret is part of what is shown.
            _ = address.text + address.authority
        }
    }

    /// `.netrc` and files of sections.
    static let configurationFiles = FuzzTarget(
        "configurationFiles",
        seeds: [
            "machine a login \"b \\\" c\" password d\nmacdef init\nx\n\ndefault login e", "machine",
            "# comment\nmachine a",
            "[DEFAULT]\nhost = https://a\ntoken: b\n  c\n[__settings__]\ndefault_profile=x\n", "[", "=\n =\n[]]\n",
        ]
    ) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        _ = NetrcFile(text: text)["a"]
        _ = INIFile(text: text).sections
    }
}
