namespace PresignKit.LiveTests.Strictness;

/// <summary>Rows about POST forms.</summary>
internal static class FormRows
{
    public static IEnumerable<StrictnessRow> All =>
    [
        .. Fields.Concat(Conditions).Concat(Policies).Concat(Encoding)
            .Select(row => row.Expected == "4xx" ? row : row with { Swift = ("412", "The S3 API of Swift does not support forms.") }),
    ];

    private static IEnumerable<StrictnessRow> Fields =>
    [
        new("a form, sent unchanged", "204", Sources.Form, a => a.Post()),
        new("form: signature changed", "403 SignatureDoesNotMatch", Sources.Errors, a => a.Post(f => f.Set("x-amz-signature", new string('0', 64))))
        {
            Rgw = ("403 AccessDenied", "The response has a different code."),
        },
        new("form: signature in uppercase", "403 SignatureDoesNotMatch", Sources.Inferred + "the signature, which is lowercase",
            a => a.Post(f => f.Set("x-amz-signature", f.Get("x-amz-signature").ToUpperInvariant())))
        {
            Rgw = ("403 AccessDenied", "The response has a different code."),
        },
        new("form: policy changed", "403 SignatureDoesNotMatch", Sources.Errors,
            a => a.Post(f => f.MapPolicy(json => json.Replace("1,100]", "1,999]", StringComparison.Ordinal))))
        {
            Rgw = ("403 AccessDenied", "The response has a different code."),
        },
        new("form: no policy", "403 AccessDenied", Sources.Recorded, a => a.Post(f => f.Without("policy"))),
        new("form: no key", "400 InvalidArgument", Sources.Form, a => a.Post(f => f.Without("key"))),
        new("form: no x-amz-signature", "400 InvalidArgument", Sources.Recorded, a => a.Post(f => f.Without("x-amz-signature"))),
        new("form: no x-amz-algorithm", "400 InvalidArgument", Sources.Recorded, a => a.Post(f => f.Without("x-amz-algorithm"))),
        new("form: no x-amz-credential", "400 InvalidArgument", Sources.Inferred + "the recorded response to a missing x-amz-algorithm",
            a => a.Post(f => f.Without("x-amz-credential"))),
        new("form: no x-amz-date", "400 InvalidArgument", Sources.Inferred + "the recorded response to a missing x-amz-algorithm",
            a => a.Post(f => f.Without("x-amz-date"))),
        new("form: unknown x-amz-algorithm", "4xx", Sources.Inferred + "\"POST Object\"", a => a.Post(f => f.Set("x-amz-algorithm", "AWS4-HMAC-SHA512"))),
        new("form: malformed x-amz-credential", "4xx", Sources.Inferred + "\"POST Object\"", a => a.Post(f => f.Set("x-amz-credential", "abc"))),
        new("form: unknown access key", "403 InvalidAccessKeyId", Sources.Errors,
            a => a.Post(f => f.MapPolicy(json => json.Replace(a.Store.AccessKeyId, "AKIAUNKNOWN000000000", StringComparison.Ordinal))
            .Set("x-amz-credential", f.Get("x-amz-credential").Replace(a.Store.AccessKeyId, "AKIAUNKNOWN000000000", StringComparison.Ordinal)).Sign(a.Store)))
        {
            Rgw = ("403 AccessDenied", "The response has a different code."),
        },
        new("form: wrong region in the credential, signed", "4xx", Sources.Inferred + "the recorded response to an Authorization header with the wrong region",
            a => a.Post(f => f.MapPolicy(json => json.Replace($"/{a.Store.Region}/s3", "/ams3/s3", StringComparison.Ordinal))
            .Set("x-amz-credential", f.Get("x-amz-credential").Replace($"/{a.Store.Region}/s3", "/ams3/s3", StringComparison.Ordinal)).Sign(a.Store)))
        {
            Rgw = ("204", "The region is not checked."),
        },
        new("form: a field that no condition mentions", "403 AccessDenied", Sources.Policy, a => a.Post(f => f.Add("x-amz-meta-other", "1"))),
        new("form: an acl field that no condition mentions", "403 AccessDenied", Sources.Policy, a => a.Post(f => f.Add("acl", "public-read"))),
        new("form: x-ignore- field that no condition mentions", "204", Sources.Policy, a => a.Post(f => f.Add("x-ignore-me", "1"))),
        new("form: a field after the file is ignored", "204", Sources.Form, a => a.Post(f => f with { FieldsAfterFile = [("acl", "public-read")] })),
        new("form: the file before all fields", "400 InvalidArgument", Sources.Inferred + "the recorded message \"please check the order of the fields\"",
            a => a.Post(f => f with { Fields = [], FieldsAfterFile = f.Fields })),
        new("form: the signature after the file", "400 InvalidArgument", Sources.Recorded,
            a => a.Post(f => f.Without("x-amz-signature") with { FieldsAfterFile = [("x-amz-signature", f.Get("x-amz-signature"))] })),
        new("form: no file", "400 InvalidArgument", Sources.Inferred + "reports of \"POST requires exactly one file upload per request\"; the documented code is IncorrectNumberOfFilesInPostRequest",
            a => a.Post(f => f with { HasFile = false }))
        {
            Rgw = ("204", "An empty object is stored."),
        },
        new("form: field names in a different case", "204", Sources.Inferred + "the recorded names, which differ in case from the documented ones",
            a => a.Post(f => f with { Fields = [.. f.Fields.Select(one => (one.Name.ToUpperInvariant(), one.Value))] })),
    ];

    private static IEnumerable<StrictnessRow> Conditions =>
    [
        new("form: the key is a different one", "403 AccessDenied", Sources.Recorded, a => a.Post(f => f.Set("key", a.Key + "x"))),
        new("form: the key has the prefix", "204", Sources.Policy, a => a.Post(Prefix(a), f => f.Add("key", $"{Folder(a)}any.txt"))),
        new("form: the key does not have the prefix", "403 AccessDenied", Sources.Recorded, a => a.Post(Prefix(a), f => f.Add("key", "other.txt"))),
        new("form: ${filename} in the key becomes the name of the file", "200", Sources.Form, async a =>
        {
            Observed posted = await a.Post(Prefix(a), f => f.Add("key", Folder(a) + "${filename}") with { FileName = "photo.txt" });
            return posted.Status == 204 ? await a.Send(new GetObject(Folder(a) + "photo.txt"), null) : posted;
        }),
        new("form: only the name of a file with a path becomes part of the key", "200", Sources.Form, async a =>
        {
            Observed posted = await a.Post(Prefix(a), f => f.Add("key", Folder(a) + "${filename}") with { FileName = "C:/Users/me/photo.txt" });
            return posted.Status == 204 ? await a.Send(new GetObject(Folder(a) + "photo.txt"), null) : posted;
        })
        {
            Rgw = ("404 NoSuchKey", "The path becomes part of the key."),
        },
        new("form: the bucket in the condition is a different one, signed", "403 AccessDenied", Sources.Policy,
            a => a.Post(f => f.MapPolicy(json => json.Replace(a.Store.Bucket, a.Store.Bucket + "x", StringComparison.Ordinal)).Sign(a.Store))),
        new("form: sent to a different bucket", "4xx", Sources.Policy, a => a.Post(f => f with { Target = f.Target.TrimEnd('/') + "x" })),
        new("form: sent to the URL of an object", "4xx", Sources.Inferred + "\"POST Object\"", a => a.Post(f => f with { Target = f.Target.TrimEnd('/') + "/object" }))
        {
            Rgw = ("204", "It is handled like a form that is sent to the bucket."),
        },
        new("form: Content-Type differs from the condition", "403 AccessDenied", Sources.Recorded, a => a.Post(f => f.Set("content-type", "text/html"))),
        new("form: Content-Type missing", "403 AccessDenied", Sources.Recorded, a => a.Post(f => f.Without("content-type"))),
        new("form: Content-Type with the prefix", "204", Sources.Policy,
            a => a.Post(new PostPolicy(PostKey.Exact(a.Key)) { ContentTypePrefix = "image/" }, f => f.Add("content-type", "image/png"))),
        new("form: Content-Type without the prefix", "403 AccessDenied", Sources.Recorded,
            a => a.Post(new PostPolicy(PostKey.Exact(a.Key)) { ContentTypePrefix = "image/" }, f => f.Add("content-type", "text/html"))),
        new("form: metadata differs from the condition", "403 AccessDenied", Sources.Recorded,
            a => a.Post(a.Policy() with { Metadata = new Dictionary<string, string> { ["note"] = "one" } }, f => f.Set("x-amz-meta-note", "two"))),
        new("form: the file is too large", "400 EntityTooLarge", Sources.Recorded, a => a.Post(f => f with { File = new byte[101] })),
        new("form: the file has the maximum size", "204", Sources.Policy, a => a.Post(f => f with { File = new byte[100] })),
        new("form: the file is too small", "400 EntityTooSmall", Sources.Recorded, a => a.Post(a.Policy() with { ContentLength = (20, 100) })),
        new("form: the file is empty, but the minimum is 1 byte", "400 EntityTooSmall", Sources.Recorded, a => a.Post(f => f with { File = [] })),
        new("form: success_action_status 200", "200", Sources.Form, a => a.Post(a.Policy() with { SuccessStatus = 200 })),
        new("form: success_action_status 201", "201", Sources.Form, a => a.Post(a.Policy() with { SuccessStatus = 201 })),
        new("form: success_action_status 204", "204", Sources.Form, a => a.Post(a.Policy() with { SuccessStatus = 204 })),
        new("form: success_action_status 202 is ignored", "204", Sources.Form,
            a => a.Post(a.Policy() with { SuccessStatus = 201 }, f => f.Set("success_action_status", "202")
            .MapPolicy(json => json.Replace("\"201\"", "\"202\"", StringComparison.Ordinal)).Sign(a.Store))),
        new("form: success_action_status changed", "403 AccessDenied", Sources.Recorded,
            a => a.Post(a.Policy() with { SuccessStatus = 201 }, f => f.Set("success_action_status", "200"))),
        new("form: success_action_redirect", "303", Sources.Form, a => a.Post(a.Policy() with { SuccessRedirect = "https://app.example/done" })),
        new("form: success_action_redirect changed", "403 AccessDenied", Sources.Recorded,
            a => a.Post(a.Policy() with { SuccessRedirect = "https://app.example/done" }, f => f.Set("success_action_redirect", "https://evil.example/"))),
    ];

    private static IEnumerable<StrictnessRow> Policies =>
    [
        new("form: expired policy", "403 AccessDenied", Sources.Recorded,
            a => a.Send(FormRequest.Of(a.At(TimeSpan.FromHours(-1)).PresignPost(a.Policy() with { ExpiresIn = TimeSpan.FromMinutes(59) })).ToRequest())),
        new("form: policy with an expiration that ends with +00:00, signed", "400 InvalidPolicyDocument", Sources.Inferred + "\"Creating a POST policy\" (UTC with Z)",
            a => a.Post(f => f.MapPolicy(json => json.Replace("Z\"", "+00:00\"", StringComparison.Ordinal)).Sign(a.Store)))
        {
            Rgw = ("400 InvalidArgument", "The response has a different code."),
        },
        new("form: policy with an expiration that is not a date, signed", "400 InvalidPolicyDocument", Sources.Errors,
            a => a.Post(f => f.MapPolicy(json => System.Text.RegularExpressions.Regex.Replace(json, "\"expiration\":\"[^\"]+\"", "\"expiration\":\"tomorrow\"")).Sign(a.Store)))
        {
            Rgw = ("400 InvalidArgument", "The response has a different code."),
        },
        new("form: policy without an expiration, signed", "400 InvalidPolicyDocument", Sources.Errors,
            a => a.Post(f => f.MapPolicy(json => System.Text.RegularExpressions.Regex.Replace(json, "\"expiration\":\"[^\"]+\",", "")).Sign(a.Store)))
        {
            Rgw = ("400 InvalidArgument", "The response has a different code."),
        },
        new("form: policy without conditions, signed", "400 InvalidPolicyDocument", Sources.Errors,
            a => a.Post(f => f.MapPolicy(json => System.Text.RegularExpressions.Regex.Replace(json, ",\"conditions\":.*", "}")).Sign(a.Store)))
        {
            Rgw = ("400 InvalidArgument", "The response has a different code."),
        },
        new("form: a condition object with two pairs, signed", "400 InvalidPolicyDocument", Sources.Recorded,
            a => a.Post(f => AddCondition(f, "{\"x-amz-meta-a\":\"1\",\"x-amz-meta-b\":\"2\"}").Add("x-amz-meta-a", "1").Add("x-amz-meta-b", "2").Sign(a.Store)))
        {
            Rgw = ("403 AccessDenied", "Only the first pair counts, so the second field has no condition."),
        },
        new("form: a condition with an unknown operator, signed", "400 InvalidPolicyDocument", Sources.Errors,
            a => a.Post(f => AddCondition(f, "[\"ends-with\",\"$key\",\"txt\"]").Sign(a.Store)))
        {
            Rgw = ("400 InvalidArgument", "The response has a different code."),
        },
        new("form: a content-length-range without a maximum, signed", "4xx", Sources.Policy,
            a => a.Post(f => AddCondition(f, "[\"content-length-range\",1]").Sign(a.Store))),
        new("form: a content-length-range with text, signed", "403 AccessDenied", Sources.Recorded,
            a => a.Post(f => f.MapPolicy(json => json.Replace(",1,100]", ",\"test\",\"100\"]", StringComparison.Ordinal)).Sign(a.Store)))
        {
            Rgw = ("400 InvalidArgument", "The response has a different code."),
        },
        new("form: an eq condition without the dollar sign, signed", "403 AccessDenied", Sources.Recorded,
            a => a.Post(f => AddCondition(f, "[\"eq\",\"x-amz-meta-a\",\"1\"]").Add("x-amz-meta-a", "1").Sign(a.Store))),
        new("form: a policy that is not JSON, signed", "400 InvalidPolicyDocument", Sources.Errors, a => a.Post(f => f.MapPolicy(_ => "not JSON").Sign(a.Store)))
        {
            Rgw = ("400 InvalidArgument", "The response has a different code."),
        },
        new("form: a policy that is not base64, signed", "400 InvalidPolicyDocument", Sources.Errors, a => a.Post(f => f.Set("policy", "!!!!").Sign(a.Store)))
        {
            Rgw = ("400 InvalidArgument", "The response has a different code."),
        },
        new("form: an empty policy", "4xx", Sources.Errors, a => a.Post(f => f.Set("policy", "").Sign(a.Store))),
    ];

    private static IEnumerable<StrictnessRow> Encoding =>
    [
        new("form: URL-encoded instead of multipart", "412 PreconditionFailed", Sources.Inferred + "reports of \"Bucket POST must be of the enclosure-type multipart/form-data\"",
            a => a.Post(f => f with { ContentType = "application/x-www-form-urlencoded" }))
        {
            Rgw = ("400 InvalidArgument", "The response has a different status."),
        },
        new("form: multipart without a boundary", "400 MalformedPOSTRequest", Sources.Errors, a => a.Post(f => f with { ContentType = "multipart/form-data" }))
        {
            Rgw = ("400 InvalidArgument", "The response has a different code."),
        },
        new("form: a different boundary than in the body", "4xx", Sources.Errors, a => a.Post(f => f with { ContentType = "multipart/form-data; boundary=different" })),
        new("form: the body ends before the last boundary", "4xx", Sources.Errors, a =>
        {
            WireRequest request = FormRequest.Of(a.Presigner.PresignPost(a.Policy())).ToRequest();
            return a.Send(request with { Body = request.Body[..^40] });
        }),
    ];

    private static PostPolicy Prefix(Attempt attempt) => new(PostKey.Prefix(Folder(attempt)));

    private static string Folder(Attempt attempt) => attempt.Key[..(attempt.Key.IndexOf('/', StringComparison.Ordinal) + 1)];

    private static FormRequest AddCondition(FormRequest form, string condition) =>
        form.MapPolicy(json => json.Replace("\"conditions\":[", "\"conditions\":[" + condition + ",", StringComparison.Ordinal));
}
