using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

/// <summary>The fields, the scope, the times and the signature of a form.</summary>
public class PresignedPostVerifierTests
{
    private static readonly ReceivedPost Good = ReceivedPost.Good;

    [Fact]
    public void Verify_SignedForm_ReturnsWhatTheCallerNeeds()
    {
        PresignedPostVerificationResult result = (Good with { Conditions = Good.Conditions + """, ["content-length-range", 1, 100]""" }).Verify();

        result.Status.Should().Be(PresignedPostVerificationStatus.Valid);
        result.IsValid.Should().BeTrue();
        result.Key.Should().Be("up/a.txt");
        result.ContentLength.Should().Be(new ContentLengthRange(1, 100));
        result.AccessKeyId.Should().Be(TestPresigner.AccessKeyId);
        result.ExpiresAt.Should().Be(new DateTimeOffset(2026, 3, 14, 16, 9, 26, TimeSpan.Zero));
        result.Field.Should().BeNull();
        result.Condition.Should().BeNull();
        result.Problem.Should().BeNull();
        result.ToString().Should().Be("Valid: up/a.txt");
    }

    [Fact]
    public void Status_Default_IsNotValid() => default(PresignedPostVerificationStatus).Should().Be(PresignedPostVerificationStatus.Malformed);

    [Theory]
    [InlineData("policy", PresignedPostVerificationStatus.NotSigned, "policy")]
    [InlineData("key", PresignedPostVerificationStatus.MissingField, "key")]
    [InlineData("x-amz-algorithm", PresignedPostVerificationStatus.MissingField, "X-Amz-Algorithm")]
    [InlineData("x-amz-credential", PresignedPostVerificationStatus.MissingField, "X-Amz-Credential")]
    [InlineData("x-amz-date", PresignedPostVerificationStatus.MissingField, "X-Amz-Date")]
    [InlineData("x-amz-signature", PresignedPostVerificationStatus.MissingField, "X-Amz-Signature")]
    public void Verify_WithoutAField_NamesIt(string name, PresignedPostVerificationStatus expected, string reported)
    {
        PresignedPostVerificationResult result = Good.VerifyWith(name, null);

        result.Status.Should().Be(expected);
        result.Field.Should().Be(reported);
        result.IsValid.Should().BeFalse();
        result.Key.Should().BeNull();
        result.ToString().Should().Be($"{expected}: {reported}");
    }

    [Fact]
    public void Verify_NoFields_IsNotSigned() => ReceivedPost.Verifier().Verify("b", []).Status.Should().Be(PresignedPostVerificationStatus.NotSigned);

    [Theory]
    [InlineData("key")]
    [InlineData("KEY")]
    [InlineData("Policy")]
    [InlineData("x-amz-signature")]
    public void Verify_RepeatedField_IsDuplicate(string name)
    {
        PresignedPostVerificationResult result = Good.VerifyChanged(fields => [.. fields, new(name, "up/b.txt")]);

        result.Status.Should().Be(PresignedPostVerificationStatus.DuplicateField);
        result.Field.Should().Be(name);
    }

    [Fact]
    public void Verify_IgnoredFields_NeedNoConditionAndCanBeRepeated() =>
        Good.VerifyChanged(fields => [new("x-ignore-a", "1"), new("X-Ignore-A", "2"), new("file", "x"), .. fields]).IsValid.Should().BeTrue();

    [Fact]
    public void Verify_NamesInAnyLetterCase_IsValid() =>
        Good.VerifyChanged(fields => fields.Select(field => new KeyValuePair<string, string>(field.Key.ToUpperInvariant(), field.Value))).Key.Should().Be("up/a.txt");

    [Theory]
    [InlineData("AWSAccessKeyId", "AK")]
    [InlineData("signature", "abc")]
    public void Verify_SigV2_IsUnsupported(string name, string value)
    {
        PresignedPostVerificationResult result = ReceivedPost.Verifier().Verify("b", TestPresigner.Pairs(("key", "k"), ("policy", "e30="), (name, value)));

        result.Status.Should().Be(PresignedPostVerificationStatus.UnsupportedAlgorithm);
        result.Field.Should().Be(name);
    }

    [Theory]
    [InlineData("AWS4-ECDSA-P256-SHA256")]
    [InlineData("aws4-hmac-sha256")]
    [InlineData("")]
    public void Verify_DifferentAlgorithm_IsUnsupported(string algorithm)
    {
        PresignedPostVerificationResult result = (Good with { Algorithm = algorithm }).Verify();

        result.Status.Should().Be(PresignedPostVerificationStatus.UnsupportedAlgorithm);
        result.Field.Should().Be("x-amz-algorithm");
    }

    [Theory]
    [InlineData("")]
    [InlineData("AK")]
    [InlineData("/20260314/nyc3/s3/aws4_request")]
    [InlineData("AK/20260314/nyc3/s3/aws4_Request")]
    [InlineData("AK/20260314/nyc3//aws4_request")]
    [InlineData("AK/20260314//s3/aws4_request")]
    [InlineData("AK/20260230/nyc3/s3/aws4_request")]
    [InlineData("AK/2026031/nyc3/s3/aws4_request")]
    [InlineData("20260314/nyc3/s3/aws4_request")]
    [InlineData("AK/２０２６0314/nyc3/s3/aws4_request")]
    public void Verify_MalformedCredential_IsMalformed(string credential)
    {
        PresignedPostVerificationResult result = Good.VerifyWith("x-amz-credential", credential);

        result.Status.Should().Be(PresignedPostVerificationStatus.Malformed);
        result.Field.Should().Be("x-amz-credential");
        result.Problem.Should().Be("The credential is not in the format access-key-id/yyyyMMdd/region/s3/aws4_request.");
        result.AccessKeyId.Should().BeNull();
        result.ToString().Should().Be($"Malformed: {result.Problem}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("20260314T150926")]
    [InlineData("20260314T150926z")]
    [InlineData("20260314T240000Z")]
    [InlineData("20261314T150926Z")]
    [InlineData("2026-03-14T15:09:26Z")]
    public void Verify_MalformedDate_IsMalformed(string date)
    {
        PresignedPostVerificationResult result = Good.VerifyWith("x-amz-date", date);

        result.Status.Should().Be(PresignedPostVerificationStatus.Malformed);
        result.Field.Should().Be("x-amz-date");
        result.Problem.Should().Be("The signing time is not in the format yyyyMMddTHHmmssZ.");
    }

    [Fact]
    public void Verify_AccessKeyIdWithSlashes_IsFound()
    {
        S3Credentials credentials = new("tenant/AK", TestPresigner.SecretAccessKey);

        (Good with { Credential = "tenant/AK/20260314/nyc3/s3/aws4_request" }).Verify(credentials: credentials).AccessKeyId.Should().Be("tenant/AK");
    }

    [Fact]
    public void Verify_UnknownAccessKey_IsReportedWithItsId()
    {
        PresignedPostVerificationResult result = (Good with { Credential = "OTHER/20260314/nyc3/s3/aws4_request" }).Verify();

        result.Status.Should().Be(PresignedPostVerificationStatus.UnknownAccessKey);
        result.Field.Should().Be("x-amz-credential");
        result.AccessKeyId.Should().Be("OTHER");
        result.ExpiresAt.Should().BeNull();
    }

    [Theory]
    [InlineData("nyc3", "s3", "20260314", PresignedPostVerificationStatus.Valid)]
    [InlineData("ams3", "s3", "20260314", PresignedPostVerificationStatus.WrongScope)]
    [InlineData("nyc3", "sts", "20260314", PresignedPostVerificationStatus.WrongScope)]
    [InlineData("nyc3", "s3", "20260313", PresignedPostVerificationStatus.WrongScope)]
    public void Verify_Scope_MustHaveRegionServiceAndDay(string region, string service, string day, PresignedPostVerificationStatus expected)
    {
        PresignedPostVerificationResult result = (Good with { Credential = $"{TestPresigner.AccessKeyId}/{day}/{region}/{service}/aws4_request" }).Verify(new() { Region = "nyc3" });

        result.Status.Should().Be(expected);
        result.Field.Should().Be(result.IsValid ? null : "x-amz-credential");
    }

    [Fact]
    public void Verify_RegionNotSet_AcceptsAnyRegion() =>
        (Good with { Credential = TestPresigner.AccessKeyId + "/20260314/elsewhere/s3/aws4_request" }).Verify().IsValid.Should().BeTrue();

    [Theory]
    [InlineData(0, true)]
    [InlineData(-900, true)]
    [InlineData(-901, false)]
    public void Verify_SigningTimeInTheFuture_IsAcceptedWithinTheClockSkew(int seconds, bool isValid)
    {
        PresignedPostVerificationResult result = Good.Verify(now: TestPresigner.SignedAt.AddSeconds(seconds));

        result.Status.Should().Be(isValid ? PresignedPostVerificationStatus.Valid : PresignedPostVerificationStatus.NotYetValid);
        result.Field.Should().Be(isValid ? null : "x-amz-date");
    }

    [Fact]
    public void Verify_ClockSkewOfTheOptions_IsUsed() =>
        Good.Verify(new() { ClockSkew = TimeSpan.Zero }, TestPresigner.SignedAt.AddSeconds(-1)).Status.Should().Be(PresignedPostVerificationStatus.NotYetValid);

    [Theory]
    [InlineData(-1, PresignedPostVerificationStatus.Valid)]
    [InlineData(0, PresignedPostVerificationStatus.Expired)]
    [InlineData(1, PresignedPostVerificationStatus.Expired)]
    public void Verify_AtTheExpiry_IsExpired(int ticks, PresignedPostVerificationStatus expected)
    {
        DateTimeOffset expiry = new(2026, 3, 14, 16, 9, 26, TimeSpan.Zero);

        PresignedPostVerificationResult result = Good.Verify(now: expiry.AddTicks(ticks));

        result.Status.Should().Be(expected);
        result.ExpiresAt.Should().Be(expiry);
    }

    [Fact]
    public void Verify_DifferentSecret_IsMismatch()
    {
        PresignedPostVerificationResult result = (Good with { SecretAccessKey = "other" }).Verify();

        result.Status.Should().Be(PresignedPostVerificationStatus.SignatureMismatch);
        result.Field.Should().Be("x-amz-signature");
        result.ExpiresAt.Should().BeNull("the policy is not read before its signature is verified");
    }

    [Fact]
    public void Verify_UppercaseOrTruncatedSignature_IsMismatch()
    {
        string signature = Good.All[^1].Value;

        Good.VerifyWith("x-amz-signature", signature.ToUpperInvariant()).Status.Should().Be(PresignedPostVerificationStatus.SignatureMismatch);
        Good.VerifyWith("x-amz-signature", signature[..^1]).Status.Should().Be(PresignedPostVerificationStatus.SignatureMismatch);
        Good.VerifyWith("x-amz-signature", signature[..^1] + "é").Status.Should().Be(PresignedPostVerificationStatus.SignatureMismatch);
        Good.VerifyWith("x-amz-signature", "").Status.Should().Be(PresignedPostVerificationStatus.SignatureMismatch);
    }

    [Fact]
    public void Verify_UnsignedMalformedPolicy_IsMismatch() =>
        Good.VerifyWith("policy", "not base64!").Status.Should().Be(PresignedPostVerificationStatus.SignatureMismatch, "a policy is parsed only if it is signed");

    [Theory]
    [InlineData("t0ken/Do+Not=Show", "t0ken/Do+Not=Show", PresignedPostVerificationStatus.Valid)]
    [InlineData("t0ken/Do+Not=Show", "T0ken/Do+Not=Show", PresignedPostVerificationStatus.WrongSessionToken)]
    [InlineData("t0ken/Do+Not=Show", "t0ken/Do+Not=Sho", PresignedPostVerificationStatus.WrongSessionToken)]
    [InlineData("t0ken/Do+Not=Show", "", PresignedPostVerificationStatus.WrongSessionToken)]
    [InlineData("t0ken/Do+Not=Show", null, PresignedPostVerificationStatus.WrongSessionToken)]
    [InlineData(null, "t0ken", PresignedPostVerificationStatus.WrongSessionToken)]
    [InlineData(null, "", PresignedPostVerificationStatus.WrongSessionToken)]
    public void Verify_SessionToken_MustBeTheTokenOfTheCredentials(string? expected, string? sent, PresignedPostVerificationStatus status)
    {
        PresignedPostVerificationResult result = (Good with { Token = sent }).Verify(credentials: new(TestPresigner.AccessKeyId, TestPresigner.SecretAccessKey, expected));

        result.Status.Should().Be(status);
        result.Field.Should().Be(result.IsValid ? null : "x-amz-security-token");
    }

    [Theory]
    [InlineData(1, PresignedPostVerificationStatus.Valid)]
    [InlineData(0, PresignedPostVerificationStatus.ExpiredCredentials)]
    public void Verify_CredentialsThatExpire_AreChecked(int ticks, PresignedPostVerificationStatus expected) =>
        Good.Verify(credentials: new(TestPresigner.AccessKeyId, TestPresigner.SecretAccessKey, expiresAt: TestPresigner.Now.AddTicks(ticks))).Status.Should().Be(expected);

    [Theory]
    [InlineData("up/${filename}", "cat.png", "up/cat.png")]
    [InlineData("up/${filename}", "C:\\photos\\cat.png", "up/cat.png")]
    [InlineData("up/${filename}", "/home/me/cat.png", "up/cat.png")]
    [InlineData("up/${filename}.bak/${filename}", "a", "up/a.bak/a")]
    [InlineData("up/${filename}", "${filename}", "up/${filename}")]
    [InlineData("up/${filename}", "ü🙂.png", "up/ü🙂.png")]
    [InlineData("up/${FILENAME}", "a", "up/${FILENAME}")]
    [InlineData("up/a", null, "up/a")]
    [InlineData("up/../a", null, "up/../a")]
    public void Key_Placeholder_IsReplacedWithTheNameOfTheFile(string key, string? fileName, string expected) =>
        (Good with { Fields = [("key", key)], FileName = fileName }).Verify().Key.Should().Be(expected);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("dir/")]
    [InlineData("dir\\")]
    public void Verify_PlaceholderButNoFileName_IsMissingField(string? fileName)
    {
        PresignedPostVerificationResult result = (Good with { Fields = [("key", "up/${filename}")], FileName = fileName }).Verify();

        result.Status.Should().Be(PresignedPostVerificationStatus.MissingField);
        result.Field.Should().Be("file");
    }

    [Fact]
    public void Verify_ExactKeyWithPlaceholder_Fails()
    {
        PresignedPostVerificationResult result = (Good with { Fields = [("key", "up/${filename}")], Conditions = """{"bucket": "my-space"}, {"key": "up/${filename}"}""" }).Verify();

        result.Status.Should().Be(PresignedPostVerificationStatus.ConditionFailed);
        result.Condition.Should().Be("""["eq", "$key", "up/${filename}"]""");
    }

    [Fact]
    public void Verify_KeyThatStoresReject_IsMalformed()
    {
        Key("").Problem.Should().Be("The key is empty.");
        Key("").Field.Should().Be("key");
        Key("").AccessKeyId.Should().Be(TestPresigner.AccessKeyId, "the credential is read before the key");
        Key("up/" + new string('a', 1021)).IsValid.Should().BeTrue();
        Key("up/" + new string('a', 1022)).Problem.Should().Contain("1025 bytes");
        Key("up/\0").Problem.Should().Contain("NUL");
        Key("up/${filename}", new string('a', 1022)).Field.Should().Be("key");
        Key("up/${filename}", "\uD83D").Field.Should().Be("file");
        Key(string.Concat(Enumerable.Repeat("${filename}", 1000)), new string('a', 10_000_000)).Field.Should().Be("file");

        static PresignedPostVerificationResult Key(string key, string? fileName = null)
        {
            PresignedPostVerificationResult result = (Good with { Fields = [("key", key)], FileName = fileName }).Verify();
            result.Status.Should().BeOneOf(PresignedPostVerificationStatus.Malformed, PresignedPostVerificationStatus.Valid);
            return result;
        }
    }

    [Theory]
    [InlineData('a', 1024, true)]
    [InlineData('a', 1025, false)]
    [InlineData('é', 512, true)]
    [InlineData('é', 513, false)]
    public void Verify_FileNameThatBecomesTheKey_CanHave1024Bytes(char letter, int count, bool isValid)
    {
        ReceivedPost post = Good with { Fields = [("key", "${filename}")], Conditions = """{"bucket": "my-space"}, ["starts-with", "$key", ""]""", FileName = new string(letter, count) };

        PresignedPostVerificationResult result = post.Verify();

        result.Key.Should().Be(isValid ? post.FileName : null);
        result.Field.Should().Be(isValid ? null : "file");
        result.Problem.Should().Be(isValid ? null : "The name of the file is too long for a key, or it contains a lone surrogate.");
    }

    [Fact]
    public void Verify_FieldsThatAreNotText_AreMalformed()
    {
        const string Missing = "A field does not have a name or a value.";
        const string Surrogate = "A field contains a lone surrogate, which cannot be encoded as UTF-8.";

        // An attribute's arguments cannot contain a lone surrogate.
        foreach ((string? name, string? value, string problem) in new[]
        {
            (null, "a", Missing), ("", "a", Missing), ("a", null, Missing), ("\uD83D", "a", Surrogate), ("a", "\uDE42\uD83D", Surrogate),

            // The longest value that is scanned
            ("a", "\uDE42" + new string('a', 20_479), Surrogate),
        })
        {
            PresignedPostVerificationResult result = Good.VerifyChanged(fields => [new(name!, value!), .. fields]);

            result.Status.Should().Be(PresignedPostVerificationStatus.Malformed);
            result.Field.Should().Be(name);
            result.Problem.Should().Be(problem);
        }
    }

    [Fact]
    public void Verify_FieldsOfMoreThan20KiB_AreMalformed()
    {
        int length = Good.All.Sum(field => field.Key.Length + field.Value.Length);
        string note = new('a', 20_480 - length - "x-ignore-a".Length);

        Good.VerifyChanged(fields => [.. fields, new("x-ignore-a", note)]).IsValid.Should().BeTrue();
        PresignedPostVerificationResult result = Good.VerifyChanged(fields => [.. fields, new("x-ignore-a", note + "a")]);
        result.Status.Should().Be(PresignedPostVerificationStatus.Malformed);
        result.Problem.Should().Be("The fields before the file have more than 20480 bytes, the maximum on AWS.");
        Good.VerifyChanged(fields => [.. fields, new("x-ignore-a", note[..^1] + "é")]).Status.Should().Be(PresignedPostVerificationStatus.Malformed, "the limit is in bytes");
        Good.VerifyChanged(fields => [.. fields, new("x-ignore-a" + note, "")]).IsValid.Should().BeTrue("names and values share one limit");
        Good.VerifyChanged(fields => [.. fields, new("x-ignore-a" + note + "a", "")]).Status.Should().Be(PresignedPostVerificationStatus.Malformed);
    }

    // The lone surrogate in the value is found only if the text is scanned. A client could otherwise make the verifier scan text of any length.
    [Theory]
    [InlineData(0, 20_480, 0)]
    [InlineData(0, 0, 20_480)]
    [InlineData(10_000, 11_000, 0)]
    [InlineData(10_000, 0, 11_000)]
    public void Verify_FieldThatExceedsTheLimit_IsNotScanned(int before, int name, int value)
    {
        KeyValuePair<string, string>[] fields = TestPresigner.Pairs(("x-ignore-a", new string('a', before)), ("x-ignore-b" + new string('b', name), "\uD83D" + new string('b', value)));

        ReceivedPost.Verifier().Verify("b", fields).Problem.Should().Be("The fields before the file have more than 20480 bytes, the maximum on AWS.");
    }

    [Fact]
    public void Verify_EndlessFields_StopsAtTheLimit()
    {
        ReceivedPost.Verifier().Verify("b", Endless()).Status.Should().Be(PresignedPostVerificationStatus.Malformed);

        static IEnumerable<KeyValuePair<string, string>> Endless()
        {
            while (true)
            {
                yield return new("x-ignore-a", "");
            }
        }
    }

    [Fact]
    public async Task VerifyAsync_SlowCredentials_WaitsForThem()
    {
        (await Slow(Received.Credentials).VerifyAsync(Good.Bucket, Good.All, Good.FileName)).Key.Should().Be("up/a.txt");
        (await Slow(null).VerifyAsync(Good.Bucket, Good.All)).Status.Should().Be(PresignedPostVerificationStatus.UnknownAccessKey);

        static PresignedPostVerifier Slow(S3Credentials? credentials) => new(
            async (_, _) =>
            {
                await Task.Yield();
                return credentials;
            },
            timeProvider: new FakeTimeProvider(TestPresigner.Now));
    }

    [Fact]
    public async Task VerifyAsync_Callback_ReceivesAccessKeyIdAndCancellationToken()
    {
        using CancellationTokenSource source = new();
        (string, CancellationToken) received = default;
        PresignedPostVerifier verifier = new(
            (id, token) =>
            {
                received = (id, token);
                return new(Received.Credentials);
            },
            timeProvider: new FakeTimeProvider(TestPresigner.Now));

        await verifier.VerifyAsync(Good.Bucket, Good.All, Good.FileName, source.Token);

        received.Should().Be((TestPresigner.AccessKeyId, source.Token));
    }

    [Fact]
    public void Verify_CredentialsNotAvailableImmediately_NamesVerifyAsync()
    {
        TaskCompletionSource<S3Credentials?> never = new();
        PresignedPostVerifier verifier = new((_, _) => new(never.Task), timeProvider: new FakeTimeProvider(TestPresigner.Now));

        FluentActions.Invoking(() => verifier.Verify(Good.Bucket, Good.All)).Should().Throw<InvalidOperationException>()
            .WithMessage("*fetched first, but Verify never waits. Use VerifyAsync.");
    }

    [Fact]
    public async Task VerifyAsync_Canceled_StopsWaiting()
    {
        using CancellationTokenSource source = new();
        TaskCompletionSource<S3Credentials?> never = new();
        PresignedPostVerifier verifier = new((_, _) => new(never.Task), timeProvider: new FakeTimeProvider(TestPresigner.Now));
        Task<PresignedPostVerificationResult> pending = verifier.VerifyAsync(Good.Bucket, Good.All, cancellationToken: source.Token).AsTask();

        await source.CancelAsync();

        await pending.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public void Verify_FormThatFailsOtherChecks_DoesNotFetchCredentials()
    {
        PresignedPostVerifier verifier = new(
            (_, _) => throw new InvalidOperationException("The verifier must not request credentials."), new() { Region = "nyc3" }, new FakeTimeProvider(TestPresigner.Now));
        ReceivedPost[] forms =
        [
            Good with { Algorithm = "x" },
            Good with { Credential = "AK/20260314/ams3/s3/aws4_request" },
            Good with { Date = "20260315T000000Z" },
            Good with { Fields = [("key", "")] },
        ];

        forms.Select(form => verifier.Verify(form.Bucket, form.All).IsValid).Should().OnlyContain(isValid => !isValid);
    }

    [Fact]
    public void Keys_UnauthenticatedForm_IsNotCached()
    {
        PresignedPostVerifier verifier = ReceivedPost.Verifier();

        verifier.Verify(Good.Bucket, (Good with { SecretAccessKey = "other" }).All);
        verifier.Keys.Find(Received.Credentials, "nyc3", TestPresigner.SignedAt.UtcDateTime).Should().BeNull();

        verifier.Verify(Good.Bucket, Good.All);
        verifier.Keys.Find(Received.Credentials, "nyc3", TestPresigner.SignedAt.UtcDateTime).Should().NotBeNull();
        verifier.Verify(Good.Bucket, Good.All).IsValid.Should().BeTrue("the cached key verifies the next form");
    }

    [Fact]
    public async Task Null_Throws()
    {
        PresignedPostVerifier verifier = ReceivedPost.Verifier();

        FluentActions.Invoking(() => new PresignedPostVerifier((Func<string, S3Credentials?>)null!)).Should().Throw<ArgumentNullException>().WithParameterName("findCredentials");
        FluentActions.Invoking(() => new PresignedPostVerifier((Func<string, CancellationToken, ValueTask<S3Credentials?>>)null!)).Should().Throw<ArgumentNullException>()
            .WithParameterName("findCredentials");
        FluentActions.Invoking(() => verifier.Verify(null!, [])).Should().Throw<ArgumentNullException>().WithParameterName("bucket");
        FluentActions.Invoking(() => verifier.Verify("b", null!)).Should().Throw<ArgumentNullException>().WithParameterName("fields");
        await verifier.Awaiting(one => one.VerifyAsync(null!, []).AsTask()).Should().ThrowAsync<ArgumentNullException>().WithParameterName("bucket");
        await verifier.Awaiting(one => one.VerifyAsync("b", null!).AsTask()).Should().ThrowAsync<ArgumentNullException>().WithParameterName("fields");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(TimeSpan.TicksPerDay + 1)]
    public void Constructor_ClockSkewOutOfRange_Throws(long ticks) =>
        FluentActions.Invoking(() => new PresignedPostVerifier(_ => null, new() { ClockSkew = new TimeSpan(ticks) }))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("options").WithMessage($"ClockSkew is {new TimeSpan(ticks):c}, but must be from 0 to 1 day.*");

    [Fact]
    public void Verify_OptionsChangedAfterwards_HaveNoEffect()
    {
        PresignedPostVerifierOptions options = new();
        PresignedPostVerifier verifier = ReceivedPost.Verifier(options);

        options.Region = "elsewhere";

        verifier.Verify(Good.Bucket, Good.All).IsValid.Should().BeTrue();
    }

    [Fact]
    public void Bind_Configuration_SetsTheOptions()
    {
        PresignedPostVerifierOptions options = new();

        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Region"] = "nyc3", ["ClockSkew"] = "00:01:00" }).Build().Bind(options);

        options.Should().BeEquivalentTo(new { Region = "nyc3", ClockSkew = TimeSpan.FromMinutes(1) });
    }
}
