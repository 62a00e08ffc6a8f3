using CsCheck;

namespace PresignKit.Tests;

/// <summary>Forms from PresignKit, boto3 and AWS's documentation are valid, and no changed form is.</summary>
public class PresignedPostRoundTripTests
{
    private const string ExampleKeyId = "AKIAIOSFODNN7EXAMPLE";
    private const string ExampleSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const int Iterations = 3_000;
    private const int Forms = 200_000;

    private static readonly SseCustomerKey CustomerKey = new([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);

    // Each property of PostPolicy, and the fields that the page adds.
    private static readonly Dictionary<string, (PostPolicy Policy, (string Name, string Value)[] Added, string Key)> Policies = new()
    {
        ["exact key"] = (new(PostKey.Exact("a b/ü🙂.png")), [], "a b/ü🙂.png"),
        ["key with JSON characters"] = (new(PostKey.Exact("a\"b\\c")), [], "a\"b\\c"),
        ["folder"] = (new(PostKey.Prefix("up/")), [("key", "up/x/y")], "up/x/y"),
        ["prefix"] = (new(PostKey.StartingWith("photo-")), [("key", "photo-1")], "photo-1"),
        ["any key"] = (new(PostKey.Any), [("key", "z")], "z"),
        ["file name"] = (new(PostKey.Prefix("up/")) { UseFileName = true }, [], "up/ü 1.png"),
        ["file name with suffix"] = (new(PostKey.Any) { UseFileName = true, FileNameSuffix = ".bak" }, [], "ü 1.png.bak"),
        ["content type"] = (new(PostKey.Exact("k")) { ContentType = "image/png" }, [], "k"),
        ["content type prefix"] = (new(PostKey.Exact("k")) { ContentTypePrefix = "image/" }, [("Content-Type", "image/gif")], "k"),
        ["content type prefix and default"] = (new(PostKey.Exact("k")) { ContentTypePrefix = "image/", ContentType = "image/png" }, [], "k"),
        ["headers"] = (new(PostKey.Exact("k")) { CacheControl = "no-store", ContentDisposition = ContentDisposition.Attachment("ü.pdf"), ContentEncoding = "gzip" }, [], "k"),
        ["ACL"] = (new(PostKey.Exact("k")) { Acl = "public-read" }, [], "k"),
        ["metadata"] = (new(PostKey.Exact("k")) { Metadata = new Dictionary<string, string> { ["title"] = "Grüße 日本 🙂 \"\\", ["B"] = "" } }, [], "k"),
        ["tags"] = (new(PostKey.Exact("k")) { Tagging = new Dictionary<string, string> { ["a&b"] = "<ü>" } }, [], "k"),
        ["storage class"] = (new(PostKey.Exact("k")) { StorageClass = "STANDARD_IA" }, [], "k"),
        ["KMS"] = (new(PostKey.Exact("k")) { ServerSideEncryption = ServerSideEncryption.Kms("arn:aws:kms:eu-west-1:1:key/1") }, [], "k"),
        ["SSE-C"] = (new(PostKey.Exact("k")) { SseCustomerKey = CustomerKey }, [], "k"),
        ["checksum"] = (new(PostKey.Exact("k")) { Checksum = new Checksum(ChecksumAlgorithm.Sha256, new byte[32]) }, [], "k"),
        ["status"] = (new(PostKey.Exact("k")) { SuccessStatus = 201 }, [], "k"),
        ["redirect"] = (new(PostKey.Exact("k")) { SuccessRedirect = "https://app.example.com/done?a=1&b=2" }, [], "k"),
        ["fields"] = (new(PostKey.Exact("k")) { Fields = [new("x-amz-meta-a", "1"), new("x-ignore-csrf", "t")] }, [], "k"),
        ["conditions"] = (new(PostKey.Exact("k")) { Conditions = [PostCondition.StartsWith("x-amz-meta-a", ""), PostCondition.ExactMatch("x-amz-meta-b", "2")] }, [("x-amz-meta-a", ""), ("X-Amz-Meta-B", "2")], "k"),
        ["size"] = (new(PostKey.Exact("k")) { ContentLength = (1, 5L << 30) }, [], "k"),
        ["bucket"] = (new(PostKey.Exact("k")) { Bucket = "other-space" }, [], "k"),
    };

    public static TheoryData<string> Names => [.. Policies.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Verify_PresignedPost_IsValid(string name)
    {
        (PostPolicy policy, (string Name, string Value)[] added, string key) = Policies[name];
        foreach (string? token in new[] { null, TestPresigner.SessionToken })
        {
            S3Credentials credentials = new(TestPresigner.AccessKeyId, TestPresigner.SecretAccessKey, token);
            PresignedPost form = TestPresigner.Of(credentials).PresignPost(policy);

            PresignedPostVerificationResult result = ReceivedPost.Verifier(new() { Region = "nyc3" }, credentials: credentials)
                .Verify(policy.Bucket ?? TestPresigner.Bucket, Complete(form, added), "C:\\photos\\ü 1.png");

            result.Status.Should().Be(PresignedPostVerificationStatus.Valid, "{0}", result);
            result.Key.Should().Be(key);
            result.ContentLength.Should().Be(policy.ContentLength);
            result.ExpiresAt.Should().Be(form.ExpiresAt);
            result.AccessKeyId.Should().Be(TestPresigner.AccessKeyId);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Verify_FieldRemovedChangedOrRenamed_IsNotValid(string name)
    {
        (PostPolicy policy, (string Name, string Value)[] added, _) = Policies[name];
        KeyValuePair<string, string>[] fields = Complete(TestPresigner.Create().PresignPost(policy), added);
        PresignedPostVerifier verifier = ReceivedPost.Verifier();

        for (int i = 0; i < fields.Length; i++)
        {
            foreach ((string change, KeyValuePair<string, string>[] changed) in Changes(fields, i))
            {
                verifier.Verify(policy.Bucket ?? TestPresigner.Bucket, changed, "ü 1.png").IsValid.Should().Be(IsHarmless(policy, fields[i].Key, change), "{0} of {1}", change, fields[i].Key);
            }
        }
    }

    private static readonly Gen<PostPolicy> Policy = Gen.Select(
        Gen.Select(Inputs.Text, Inputs.Text, Gen.OneOfConst("image/png", "text/plain; charset=utf-8", "a/b,c/d", null), Gen.OneOfConst("private", "public-read", null)),
        Gen.Select(Gen.Select(Gen.String[Gen.Char['a', 'z'], 1, 8], Inputs.Text).Array[0, 4], Gen.Long[0, 1L << 40], Gen.Long[0, 1L << 40], Gen.Bool),
        (what, limits) => Try(() => new PostPolicy(PostKey.Exact("k" + what.Item1))
        {
            ContentType = what.Item3,
            Acl = what.Item4,
            Metadata = limits.Item1.GroupBy(one => one.Item1).ToDictionary(one => one.Key, one => "v" + one.First().Item2 + "."),
            ContentLength = limits.Item4 ? new ContentLengthRange(Math.Min(limits.Item2, limits.Item3), Math.Max(limits.Item2, limits.Item3)) : null,
        }) ?? new PostPolicy(PostKey.Exact("k")));

    [Fact]
    public void Verify_RandomPolicy_IsValidUntilAnythingChanges()
    {
        int checkedForms = 0;
        Gen.Select(Policy, Gen.Int[0, 1000], Gen.Int[0, 4]).Sample(
            (policy, index, change) =>
            {
                if (Try(() => TestPresigner.Create().PresignPost(policy)) is not { } form)
                {
                    return;
                }

                KeyValuePair<string, string>[] fields = [.. form.Fields];
                PresignedPostVerifier verifier = ReceivedPost.Verifier();
                PresignedPostVerificationResult result = verifier.Verify(TestPresigner.Bucket, fields);
                result.Status.Should().Be(PresignedPostVerificationStatus.Valid, "{0}", result);
                result.Key.Should().Be(form.Field("key"));
                result.ContentLength.Should().Be(policy.ContentLength);

                (string made, KeyValuePair<string, string>[] changed) = Changes(fields, index % fields.Length).ElementAt(change);
                verifier.Verify(TestPresigner.Bucket, changed).IsValid.Should().BeFalse("{0} of {1}", made, fields[index % fields.Length].Key);
                verifier.Verify(TestPresigner.Bucket + "2", fields).IsValid.Should().BeFalse();
                verifier.Verify(TestPresigner.Bucket, [.. fields, new("x-amz-meta-added", "")]).IsValid.Should().BeFalse();
                Interlocked.Increment(ref checkedForms);
            },
            iter: TestScale.Of(Iterations));
        checkedForms.Should().BeGreaterThan(TestScale.Of(Iterations) / 10, "most policies can be presigned");
    }

    // Created by botocore 1.43.11 (generate_presigned_post, signature_version s3v4, eu-west-1), with its clock set to 2026-03-14T15:09:26Z. Its JSON has spaces and \u escapes.
    public static TheoryData<string, string?, string[], string, string> Botocore => new()
    {
        {
            "reports/2026 (1).pdf", null, [],
            "eyJleHBpcmF0aW9uIjogIjIwMjYtMDMtMTRUMTY6MDk6MjZaIiwgImNvbmRpdGlvbnMiOiBbeyJidWNrZXQiOiAiZXhhbXBsZWJ1Y2tldCJ9LCB7ImtleSI6ICJyZXBvcnRzLzIwMjYgKDEpLnBkZiJ9LCB7IngtYW16LWFsZ29yaXRobSI6ICJBV1M0LUhNQUMtU0hBMjU2In0sIHsieC1hbXotY3JlZGVudGlhbCI6ICJBS0lBSU9TRk9ETk43RVhBTVBMRS8yMDI2MDMxNC9ldS13ZXN0LTEvczMvYXdzNF9yZXF1ZXN0In0sIHsieC1hbXotZGF0ZSI6ICIyMDI2MDMxNFQxNTA5MjZaIn1dfQ==",
            "2660a60de0ab3021307ec6abe06d523dffb08ad7e14d15ca4dbb1bc508f6a805"
        },
        {
            "user-42/${filename}", null, ["acl", "public-read", "success_action_status", "201", "Content-Type", "image/png"],
            "eyJleHBpcmF0aW9uIjogIjIwMjYtMDMtMTRUMTY6MDk6MjZaIiwgImNvbmRpdGlvbnMiOiBbeyJhY2wiOiAicHVibGljLXJlYWQifSwgWyJlcSIsICIkc3VjY2Vzc19hY3Rpb25fc3RhdHVzIiwgIjIwMSJdLCBbInN0YXJ0cy13aXRoIiwgIiRDb250ZW50LVR5cGUiLCAiaW1hZ2UvIl0sIFsiY29udGVudC1sZW5ndGgtcmFuZ2UiLCAxLCAxMDQ4NTc2XSwgeyJidWNrZXQiOiAiZXhhbXBsZWJ1Y2tldCJ9LCBbInN0YXJ0cy13aXRoIiwgIiRrZXkiLCAidXNlci00Mi8iXSwgeyJ4LWFtei1hbGdvcml0aG0iOiAiQVdTNC1ITUFDLVNIQTI1NiJ9LCB7IngtYW16LWNyZWRlbnRpYWwiOiAiQUtJQUlPU0ZPRE5ON0VYQU1QTEUvMjAyNjAzMTQvZXUtd2VzdC0xL3MzL2F3czRfcmVxdWVzdCJ9LCB7IngtYW16LWRhdGUiOiAiMjAyNjAzMTRUMTUwOTI2WiJ9XX0=",
            "6750cc24b6ac08a2b32a3354e37070fb10513a84a9be482b496fc6c550cb471c"
        },
        {
            "café/\U0001F600.txt", "FwoGZXIvYXdzEXAMPLE/token+1==", ["x-amz-meta-title", "Grüße \"A\\B\""],
            "eyJleHBpcmF0aW9uIjogIjIwMjYtMDMtMTRUMTY6MDk6MjZaIiwgImNvbmRpdGlvbnMiOiBbeyJ4LWFtei1tZXRhLXRpdGxlIjogIkdyXHUwMGZjXHUwMGRmZSBcIkFcXEJcIiJ9LCB7ImJ1Y2tldCI6ICJleGFtcGxlYnVja2V0In0sIHsia2V5IjogImNhZlx1MDBlOS9cdWQ4M2RcdWRlMDAudHh0In0sIHsieC1hbXotYWxnb3JpdGhtIjogIkFXUzQtSE1BQy1TSEEyNTYifSwgeyJ4LWFtei1jcmVkZW50aWFsIjogIkFLSUFJT1NGT0ROTjdFWEFNUExFLzIwMjYwMzE0L2V1LXdlc3QtMS9zMy9hd3M0X3JlcXVlc3QifSwgeyJ4LWFtei1kYXRlIjogIjIwMjYwMzE0VDE1MDkyNloifSwgeyJ4LWFtei1zZWN1cml0eS10b2tlbiI6ICJGd29HWlhJdllYZHpFWEFNUExFL3Rva2VuKzE9PSJ9XX0=",
            "c7a06678737ea3543cb917d63dfe171bbfb8fffa20fe0847382fde31218a0091"
        },
    };

    [Theory]
    [MemberData(nameof(Botocore))]
    public void Verify_FormFromBoto3_IsValid(string key, string? token, string[] others, string policy, string signature)
    {
        List<KeyValuePair<string, string>> fields = TestPresigner.Pairs(
            ("key", key), ("x-amz-algorithm", "AWS4-HMAC-SHA256"), ("x-amz-credential", ExampleKeyId + "/20260314/eu-west-1/s3/aws4_request"), ("x-amz-date", "20260314T150926Z"),
            ("policy", policy), ("x-amz-signature", signature)).ToList();
        fields.AddRange(others.Chunk(2).Select(pair => new KeyValuePair<string, string>(pair[0], pair[1])));
        if (token is not null)
        {
            fields.Add(new("x-amz-security-token", token));
        }

        PresignedPostVerificationResult result = ReceivedPost.Verifier(new() { Region = "eu-west-1" }, credentials: new(ExampleKeyId, ExampleSecret, token))
            .Verify("examplebucket", fields, "cat.png");

        result.Status.Should().Be(PresignedPostVerificationStatus.Valid, "{0}", result);
        result.Key.Should().Be(key.Replace("${filename}", "cat.png", StringComparison.Ordinal));
    }

    // https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-post-example.html
    [Fact]
    public void Verify_ExampleOfAws_IsValid()
    {
        string policy = ReceivedPost.Base64(
            """
            { "expiration": "2015-12-30T12:00:00.000Z",
              "conditions": [
                {"bucket": "sigv4examplebucket"},
                ["starts-with", "$key", "user/user1/"],
                {"acl": "public-read"},
                {"success_action_redirect": "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"},
                ["starts-with", "$Content-Type", "image/"],
                {"x-amz-meta-uuid": "14365123651274"},
                {"x-amz-server-side-encryption": "AES256"},
                ["starts-with", "$x-amz-meta-tag", ""],

                {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},
                {"x-amz-algorithm": "AWS4-HMAC-SHA256"},
                {"x-amz-date": "20151229T000000Z" }
              ]
            }
            """.ReplaceLineEndings("\r\n"));

        PresignedPostVerificationResult result = ReceivedPost.Verifier(now: new(2015, 12, 29, 1, 0, 0, TimeSpan.Zero), credentials: new(ExampleKeyId, ExampleSecret)).Verify(
            "sigv4examplebucket",
            TestPresigner.Pairs(
                ("key", "user/user1/${filename}"), ("acl", "public-read"), ("success_action_redirect", "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"),
                ("Content-Type", "image/jpeg"), ("x-amz-meta-uuid", "14365123651274"), ("x-amz-server-side-encryption", "AES256"),
                ("X-Amz-Credential", "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"), ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"), ("X-Amz-Date", "20151229T000000Z"),
                ("x-amz-meta-tag", ""), ("Policy", policy), ("X-Amz-Signature", "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e")),
            "sunset.jpg");

        result.Status.Should().Be(PresignedPostVerificationStatus.Valid, "{0}", result);
        result.Key.Should().Be("user/user1/sunset.jpg");
    }

    private static readonly string[] Pieces =
    [
        "key", "policy", "x-amz-signature", "x-amz-credential", "x-amz-date", "x-amz-algorithm", "x-amz-security-token", "AWSAccessKeyId", "signature", "file", "bucket", "x-ignore-", "AWS4-HMAC-SHA256",
        "${filename}", "$", "{", "}", "[", "]", "\"", "\\", "\\u", "\\uD800", ",", ":", "/", "=", "%", "\0", "\r\n", "é", "🙂", "\uD83D", "\uDE42", "\uFFFD", "99999999999999999999", "-1", "1e9", "null", "/*", "//", "00010101T000000Z", "99991231T235959Z",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "20260314", "aws4_request", "[\"eq\",\"$key\",\"k\"]", "content-length-range", "starts-with", "expiration", "conditions",
    ];

    [Fact]
    public void Verify_HostileForm_DoesNotThrow()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        PresignedPostVerifier verifier = ReceivedPost.Verifier();
        HashSet<PresignedPostVerificationStatus> seen = [];
        ReceivedPost post = ReceivedPost.Good;
        try
        {
            for (int i = 0; i < TestScale.Of(Forms); i++)
            {
                // Most forms are signed correctly, so that their policies are parsed.
                post = ReceivedPost.Good with
                {
                    Json = random.Next(2) == 0 ? null : Mutate("{\"expiration\": \"2026-03-14T16:09:26Z\", \"conditions\": [{\"bucket\": \"my-space\"}, [\"eq\", \"$key\", \"k\"], [\"content-length-range\", 1, 2]]}", random),
                    Policy = random.Next(20) == 0 ? Mutate("e30=", random) : null,
                    Conditions = Mutate(ReceivedPost.Good.Conditions, random),
                    Expiration = random.Next(10) == 0 ? Mutate(ReceivedPost.Good.Expiration, random) : ReceivedPost.Good.Expiration,
                    FileName = random.Next(3) == 0 ? null : Mutate("a/b", random),
                };
                KeyValuePair<string, string>[] fields = post.All;
                if (random.Next(3) == 0)
                {
                    int changed = random.Next(fields.Length);
                    fields[changed] = random.Next(2) == 0 ? new(Mutate(fields[changed].Key, random), fields[changed].Value) : new(fields[changed].Key, Mutate(fields[changed].Value, random));
                }

                PresignedPostVerificationResult result = verifier.Verify(post.Bucket, fields, post.FileName);
                seen.Add(result.Status);
                _ = result.ToString();
                (result.Key is not null).Should().Be(result.IsValid);
            }
        }
        catch (Exception e)
        {
            Assert.Fail($"seed {seed}, {post}: {e}");
        }

        seen.Should().Contain([PresignedPostVerificationStatus.Valid, PresignedPostVerificationStatus.MalformedPolicy, PresignedPostVerificationStatus.ConditionFailed, PresignedPostVerificationStatus.Malformed]);
    }

    [Fact]
    public void Verify_RandomBytes_DoesNotThrow()
    {
        Random random = new(20260314);
        byte[] bytes = new byte[300];
        for (int i = 0; i < TestScale.Of(Forms) / 10; i++)
        {
            random.NextBytes(bytes);
            (ReceivedPost.Good with { Policy = Convert.ToBase64String(bytes) }).Verify().Status.Should().Be(PresignedPostVerificationStatus.MalformedPolicy);
            string text = new([.. bytes.Select((value, at) => (char)(value << 8 | bytes[^(at + 1)]))]);
            ReceivedPost.Good.VerifyChanged(fields => [.. fields, new(text, text)]).IsValid.Should().BeFalse();
            ReceivedPost.Good.VerifyWith("policy", text).IsValid.Should().BeFalse();
        }
    }

    private static KeyValuePair<string, string>[] Complete(PresignedPost form, (string Name, string Value)[] added) => [.. form.Fields, .. TestPresigner.Pairs(added)];

    private static IEnumerable<(string Change, KeyValuePair<string, string>[] Fields)> Changes(KeyValuePair<string, string>[] fields, int at)
    {
        (string name, string value) = (fields[at].Key, fields[at].Value);
        yield return ("removal", [.. fields[..at], .. fields[(at + 1)..]]);
        yield return ("text before the value", Replaced(new(name, "!" + value)));
        yield return ("text after the value", Replaced(new(name, value + "!")));
        yield return ("different name", Replaced(new(name + "2", value)));
        yield return ("repetition", [.. fields, fields[at]]);

        KeyValuePair<string, string>[] Replaced(KeyValuePair<string, string> field) => [.. fields[..at], field, .. fields[(at + 1)..]];
    }

    // Stores ignore x-ignore-*, and a prefix allows any text after it (an empty prefix, any text at all).
    private static bool IsHarmless(PostPolicy policy, string name, string change)
    {
        bool isKey = name == "key" && !policy.Key.IsExact;
        string? prefix = isKey ? policy.Key.Text
            : name == "Content-Type" ? policy.ContentTypePrefix
            : policy.Conditions.FirstOrDefault(condition => condition.IsPrefix && condition.Field == name)?.Value;
        return name.StartsWith("x-ignore-", StringComparison.Ordinal)
            || (change == "text after the value" && prefix is not null)
            || (change == "text before the value" && prefix == "");
    }

    private static string Mutate(string text, Random random)
    {
        for (int i = random.Next(0, 4); i > 0; i--)
        {
            int at = random.Next(text.Length + 1);
            int removed = random.Next(4) == 0 ? random.Next(Math.Min(20, text.Length - at) + 1) : 0;
            text = text[..at] + Pieces[random.Next(Pieces.Length)] + text[(at + removed)..];
        }

        return text;
    }

    private static T? Try<T>(Func<T> create)
        where T : class
    {
        try
        {
            return create();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
