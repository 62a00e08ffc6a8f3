using System.Diagnostics;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace PresignKit.Tests;

public class S3CredentialsTests
{
    private const string Secret = TestPresigner.SecretAccessKey;
    private const string Token = TestPresigner.SessionToken;

    public static TheoryData<string, string> Faults => new()
    {
        { "", "is empty*" },
        { " ", "starts or ends with white space*Trim the value.*" },
        { " " + Secret, "starts or ends with white space*Trim the value.*" },
        { Secret + "\n", "starts or ends with white space, such as a line break from the file*Trim the value.*" },
        { Secret + "\r\n", "starts or ends with white space*Trim the value.*" },
        { Secret + "\u00A0", "starts or ends with white space*Trim the value.*" },
        { "\t" + Secret, "starts or ends with white space*Trim the value.*" },
        { Secret + "\0", "contains the character U+0000, which is not valid in *" },
        { Secret + "\u200B", "contains the character U+200B, which is not valid in *" },
        { "\uFEFF" + Secret, "contains the character U+FEFF, which is not valid in *" },
        { "two words", "contains a space, which is not valid in *" },
        { "Schlüssel", "contains the character U+00FC, which is not valid in *" },
        { "🔑", "contains the character U+D83D, which is not valid in *" },
        { $"\"{Secret}\"", "starts or ends with a quotation mark*Remove the quotation marks.*" },
        { $"'{Secret}", "starts or ends with a quotation mark*Remove the quotation marks.*" },
        { Secret + "`", "starts or ends with a quotation mark*Remove the quotation marks.*" },
        { "<your-key>", "is a placeholder*" },
        { "${SPACES_KEY}", "is a placeholder*" },
        { "$(SPACES_KEY)", "is a placeholder*" },
        { "{{spaces_key}}", "is a placeholder*" },
        { "%SPACES_KEY%", "is a placeholder*" },
        { "[spaces-key]", "is a placeholder*" },
        { "$SPACES_KEY", "is a placeholder*" },
        { "YOUR_ACCESS_KEY", "is a placeholder*" },
        { "your-secret-key", "is a placeholder*" },
        { "****************", "is a placeholder*" },
    };

    // Not part of the theory, because xunit passes lone surrogates on as U+FFFD.
    [Fact]
    public void New_LoneSurrogateInTheSecret_IsNamedWithoutTheSecret() =>
        ShouldBeRejected(() => new S3Credentials("AK", Secret + '\uD83D'), "secretAccessKey", "The secret access key contains the character U+D83D, which is not valid in a secret access key. Copy it again*");

    [Theory]
    [InlineData("AccessKeyId", "The access key ID contains a space, which is not valid in an access key ID. Copy it again from the store's console.")]
    [InlineData("SecretAccessKey", "The secret access key contains a space, which is not valid in a secret access key. Copy it again from the store's console.")]
    [InlineData("SessionToken", "The session token contains a space, which is not valid in a session token. Request new temporary credentials, and use the complete session token.")]
    public void New_CharacterThatIsNotValid_NamesTheRemedyForThatPart(string part, string message) => FluentActions
        .Invoking(() => new S3Credentials(part == "AccessKeyId" ? "two words" : "AK", part == "SecretAccessKey" ? "two words" : Secret, part == "SessionToken" ? "two words" : Token))
        .Should().Throw<ArgumentException>().WithMessage(message + "*");

    // Consoles do not show session tokens.
    [Theory]
    [InlineData("")]
    [InlineData("<your-token>")]
    public void New_TokenThatIsEmptyOrAPlaceholder_NamesTheTemporaryCredentials(string token) => FluentActions.Invoking(() => new S3Credentials("AK", Secret, token))
        .Should().Throw<ArgumentException>().WithMessage("The session token is *from the temporary credentials, or check*");

    // MinIO and Garage let users choose their keys.
    [Theory]
    [InlineData("minioadmin")]
    [InlineData("user@example.com/uploads")]
    [InlineData("$ecret{1}<2>[3]\"'`%*!")]
    [InlineData("yourself")]
    [InlineData("$")]
    [InlineData("<>")]
    [InlineData("ABCDEFGHIJKLMNOPQRST")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    public void New_KeysChosenByUsers_AreAccepted(string chosen) =>
        new S3Credentials(chosen, chosen, chosen).SecretAccessKey.Should().Be(chosen);

    [Theory]
    [MemberData(nameof(Faults))]
    public void New_FaultInTheSecret_IsNamedWithoutTheSecret(string secretAccessKey, string message) =>
        ShouldBeRejected(() => new S3Credentials("AK", secretAccessKey), nameof(secretAccessKey), "The secret access key " + message);

    [Theory]
    [MemberData(nameof(Faults))]
    public void New_FaultInTheToken_IsNamedWithoutTheToken(string sessionToken, string message) =>
        ShouldBeRejected(() => new S3Credentials("AK", Secret, sessionToken), nameof(sessionToken), "The session token " + message);

    // The ID and the secret are easily swapped, so the ID is not shown either.
    [Theory]
    [MemberData(nameof(Faults))]
    public void New_FaultInTheId_IsNamedWithoutTheId(string accessKeyId, string message) =>
        ShouldBeRejected(() => new S3Credentials(accessKeyId, Secret), nameof(accessKeyId), "The access key ID " + message);

    [Theory]
    [MemberData(nameof(Faults))]
    public void New_FaultsInTheOptions_AreNamedWithoutTheValues(string value, string message)
    {
        if (value.Length == 0)
        {
            // In options, empty means "not set".
            return;
        }

        Action create = () => TestPresigner.Create(options => options.AccessKeyId = options.SecretAccessKey = options.SessionToken = value);

        OptionsValidationException exception = create.Should().Throw<OptionsValidationException>().Which;

        exception.Failures.Should().HaveCount(3).And.SatisfyRespectively(
            failure => failure.Should().Match("PresignerOptions.AccessKeyId: The access key ID " + message),
            failure => failure.Should().Match("PresignerOptions.SecretAccessKey: The secret access key " + message),
            failure => failure.Should().Match("PresignerOptions.SessionToken: The session token " + message));
        exception.ToString().Should().NotContain(Secret);
    }

    [Theory]
    [InlineData(null, Secret, null, "AccessKeyId")]
    [InlineData("AK", null, null, "SecretAccessKey")]
    [InlineData(null, null, Token, "AccessKeyId")]
    [InlineData(null, null, Token, "SecretAccessKey")]
    public void New_PartMissingInTheOptions_IsNamed(string? id, string? secret, string? token, string missing)
    {
        Action create = () => TestPresigner.Create(
            options => (options.AccessKeyId, options.SecretAccessKey, options.SessionToken) = (id, secret, token));

        OptionsValidationException exception = create.Should().Throw<OptionsValidationException>().Which;

        exception.Failures.Should().ContainMatch($"PresignerOptions.{missing}: The * is not set, but other parts of the credentials are. Set both AccessKeyId and SecretAccessKey, or neither.");
        exception.ToString().Should().NotContain(Secret).And.NotContain(Token);
    }

    [Fact]
    public void New_NoCredentialsInTheOptions_NamesTheRemedies() => FluentActions
        .Invoking(() => TestPresigner.Create(options => options.AccessKeyId = options.SecretAccessKey = null))
        .Should().Throw<OptionsValidationException>().WithMessage("PresignerOptions.AccessKeyId: The credentials are not set. Set AccessKeyId and SecretAccessKey, call UseCredentials, or register an IS3CredentialsProvider (for a named presigner, with its name as the key).");

    [Fact]
    public void EncodedSessionToken_Token_IsPercentEncodedOnce()
    {
        Encoding.ASCII.GetString(new S3Credentials("AK", Secret, "a/b+c=").EncodedSessionToken!).Should().Be("a%2Fb%2Bc%3D");
        new S3Credentials("AK", Secret).EncodedSessionToken.Should().BeNull();
    }

    // Serializers must not write secrets; Newtonsoft.Json honors IgnoreDataMember.
    [Theory]
    [InlineData(typeof(S3Credentials))]
    [InlineData(typeof(PresignerOptions))]
    public void Serialize_SecretAndToken_AreOmitted(Type type)
    {
        object value = type == typeof(S3Credentials) ? new S3Credentials("AK", Secret, Token) : TestPresigner.Options(options => options.SessionToken = Token);

        string json = JsonSerializer.Serialize(value, type);

        json.Should().Contain("AccessKeyId").And.NotContain("Secret").And.NotContain("SessionToken").And.NotContain(JsonEncodedText.Encode(Secret).ToString());
        new[] { "SecretAccessKey", "SessionToken" }.Should().OnlyContain(name => type.GetProperty(name)!.IsDefined(typeof(IgnoreDataMemberAttribute)));
    }

    // The key formats of AWS (including temporary keys), Google, Spaces and stores with similar keys, R2 and Supabase, and IBM.
    public static TheoryData<string, string> Interchanged => new()
    {
        { "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "AKIAIOSFODNN7EXAMPLE" },
        { "minioadmin", "ASIAIOSFODNN7EXAMPLE" },
        { "bGoa+V7g/yqDXvKRqq+JTFn4uQZbPiQJo4pf9RzJ", "GOOGTS7C7FUP3AIRVJTE2BCDKINBTES3HC2GY5CBFJDCQ2SYHV6A6XXVTJFSA" },
        { "bGoa+V7g/yqDXvKRqq+JTFn4uQZbPiQJo4pf9RzJ", "GOOGTS7C7FUP3AIRVJTEABCD" },
        { "TPjCcRlOx2zGpzVEQQJ7j1KHnmHVwXgVNwJZbJvVtMM", "DO00ABCDEFGHJKLMNPQR" },
        { "11111111-2222-3333-4444-555555555555", "SCW0123456789ABCDEFG" },
        { "6baf1f2e9ef3a9b3cbd04a2b6b3f0d9b6baf1f2e9ef3a9b3cbd04a2b6b3f0d9b", "0123456789abcdef0123456789abcdef" },
        { "6baf1f2e9ef3a9b3cbd04a2b6b3f0d9b6baf1f2e9ef3a9b3", "0123456789abcdef0123456789abcdef" },
    };

    [Theory]
    [MemberData(nameof(Interchanged))]
    public void New_IdAndSecretInterchanged_IsRejectedWithoutShowingThem(string id, string secret)
    {
        const string Message = "The secret access key looks like an access key ID, so the two values are probably swapped, and every URL would expose the secret. Swap the two values.*";
        EnvironmentCredentialsProvider environment = new(name => name switch { "AWS_ACCESS_KEY_ID" => id, "AWS_SECRET_ACCESS_KEY" => secret, _ => null });

        Exception[] exceptions =
        [
            FluentActions.Invoking(() => new S3Credentials(id, secret)).Should().Throw<ArgumentException>().WithMessage(Message).WithParameterName("secretAccessKey").Which,
            FluentActions.Invoking(() => TestPresigner.Create(options => (options.AccessKeyId, options.SecretAccessKey) = (id, secret)))
                .Should().Throw<OptionsValidationException>().WithMessage("PresignerOptions.SecretAccessKey: " + Message).Which,
            FluentActions.Invoking(() => TestPresigner.With(environment))
                .Should().Throw<OptionsValidationException>().WithMessage("*AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not valid: " + Message).Which,
        ];

        exceptions.Should().OnlyContain(exception => !exception.ToString().Contains(id) && !exception.ToString().Contains(secret));
    }

    [Fact]
    public async Task New_TemporaryAwsKeyWithoutToken_IsRejectedFromEverySourceForAws()
    {
        const string Id = "ASIAIOSFODNN7EXAMPLE", Message = "*'ASIAIOSFODNN7EXAMPLE' belongs to temporary AWS credentials*Set the session token as well.*";
        S3Credentials credentials = new(Id, Secret);
        EnvironmentCredentialsProvider environment = new(name => name switch { "AWS_ACCESS_KEY_ID" => Id, "AWS_SECRET_ACCESS_KEY" => Secret, _ => null });
        S3Presigner late = Aws(options => options.UseCredentials(new DelegateCredentialsProvider(_ => new(credentials))));

        FluentActions.Invoking(() => Aws(options => (options.AccessKeyId, options.SecretAccessKey) = (Id, Secret)))
            .Should().Throw<OptionsValidationException>().WithMessage("PresignerOptions.SessionToken: " + Message);
        FluentActions.Invoking(() => Aws(options => options.UseCredentials(credentials))).Should().Throw<OptionsValidationException>().WithMessage(Message);
        FluentActions.Invoking(() => Aws(options => options.UseCredentials(environment))).Should().Throw<OptionsValidationException>().WithMessage(Message);
        FluentActions.Invoking(() => late.Presign(new GetObject("key"))).Should().Throw<InvalidOperationException>().WithMessage(Message);
        await FluentActions.Awaiting(() => late.PresignAsync(new GetObject("key")).AsTask()).Should().ThrowAsync<InvalidOperationException>().WithMessage(Message);

        FluentActions.Invoking(() => new SigV4QuerySigner(credentials, "eu-west-1", "sts").Presign(new SigV4QueryRequest(HttpMethod.Get, "sts.eu-west-1.amazonaws.com")))
            .Should().Throw<InvalidOperationException>().WithMessage(Message);

        // LocalStack and others also issue such key IDs but do not require a token.
        TestPresigner.With(credentials).Presign(new GetObject("key")).Url.Should().Contain(Id);
        Aws(options => options.UseCredentials(new S3Credentials(Id, Secret, Token))).Presign(new GetObject("key")).Url.Should().Contain(Id);
    }

    [Fact]
    public void New_Null_Throws()
    {
        FluentActions.Invoking(() => new S3Credentials(null!, Secret)).Should().Throw<ArgumentNullException>().WithParameterName("accessKeyId");
        FluentActions.Invoking(() => new S3Credentials("AK", null!)).Should().Throw<ArgumentNullException>().WithParameterName("secretAccessKey");
    }

    [Fact]
    public void ToString_Credentials_ShowsIdAndExpiryOnly() =>
        new S3Credentials("AK", Secret, Token, new DateTimeOffset(2026, 3, 14, 15, 0, 0, TimeSpan.FromHours(7))).ToString()
            .Should().Be("S3Credentials { AccessKeyId = AK, SessionToken = ***, ExpiresAt = 2026-03-14 08:00:00Z }");

    [Fact]
    public void ToString_CredentialsWithoutExpiry_ShowsNever() => new S3Credentials("AK", Secret).ToString()
        .Should().Be("S3Credentials { AccessKeyId = AK, SessionToken = none, ExpiresAt = never }");

    [Theory]
    [InlineData(typeof(S3Credentials))]
    [InlineData(typeof(PresignerOptions))]
    public void Debugger_SecretAndToken_AreNotBrowsable(Type type)
    {
        PropertyInfo[] secret = [type.GetProperty("SecretAccessKey")!, type.GetProperty("SessionToken")!];

        secret.Select(property => property.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State)
            .Should().AllBeEquivalentTo(DebuggerBrowsableState.Never);
        type.GetCustomAttribute<DebuggerDisplayAttribute>()!.Value.Should().NotContain("Secret").And.NotContain("Token").And.NotContain("AccessKey");
    }

    private static S3Presigner Aws(Action<PresignerOptions> configure) => TestPresigner.Create(options =>
    {
        options.UseAws("eu-west-1");
        options.AccessKeyId = options.SecretAccessKey = null;
        configure(options);
    });

    private static void ShouldBeRejected(Func<S3Credentials> create, string parameter, string message) => create.Should().Throw<ArgumentException>()
        .WithMessage(message).WithParameterName(parameter).Which.ToString().Should().NotContain(Secret);
}
