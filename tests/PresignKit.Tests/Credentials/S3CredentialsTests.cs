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
        { " ", "begins or ends with white space*Trim it.*" },
        { " " + Secret, "begins or ends with white space*Trim it.*" },
        { Secret + "\n", "begins or ends with white space, for example the line break*Trim it.*" },
        { Secret + "\r\n", "begins or ends with white space*Trim it.*" },
        { Secret + "\u00A0", "begins or ends with white space*Trim it.*" },
        { "\t" + Secret, "begins or ends with white space*Trim it.*" },
        { Secret + "\0", "contains the character U+0000*Copy it again*" },
        { Secret + "\u200B", "contains the character U+200B*Copy it again*" },
        { "\uFEFF" + Secret, "contains the character U+FEFF*Copy it again*" },
    };

    // Not in the theory: xunit hands lone surrogates on as U+FFFD.
    [Fact]
    public void New_LoneSurrogateInTheSecret_IsNamedWithoutIt() =>
        Refusal(() => new S3Credentials("AK", Secret + '\uD83D'), "secretAccessKey", "The secret access key contains a lone surrogate*Copy it again*");

    // MinIO and Garage let people choose their keys.
    [Theory]
    [InlineData("two words")]
    [InlineData("Schlüssel")]
    [InlineData("🔑")]
    public void New_KeysThatPeopleChose_AreTaken(string chosen) =>
        new S3Credentials(chosen, chosen, chosen).SecretAccessKey.Should().Be(chosen);

    [Theory]
    [MemberData(nameof(Faults))]
    public void New_FaultInTheSecret_IsNamedWithoutIt(string secretAccessKey, string message) =>
        Refusal(() => new S3Credentials("AK", secretAccessKey), nameof(secretAccessKey), "The secret access key " + message);

    [Theory]
    [MemberData(nameof(Faults))]
    public void New_FaultInTheToken_IsNamedWithoutIt(string sessionToken, string message) =>
        Refusal(() => new S3Credentials("AK", Secret, sessionToken), nameof(sessionToken), "The session token " + message);

    // The two are easily swapped: the id is not shown either.
    [Theory]
    [MemberData(nameof(Faults))]
    public void New_FaultInTheId_IsNamedWithoutIt(string accessKeyId, string message) =>
        Refusal(() => new S3Credentials(accessKeyId, Secret), nameof(accessKeyId), "The access key ID " + message);

    [Theory]
    [MemberData(nameof(Faults))]
    public void New_FaultInThePartsOfTheOptions_IsNamedWithoutThem(string value, string message)
    {
        if (value.Length == 0)
        {
            // In options, empty means "not set".
            return;
        }

        Action create = () => TestPresigner.Create(options => options.AccessKeyId = options.SecretAccessKey = options.SessionToken = value);

        OptionsValidationException refusal = create.Should().Throw<OptionsValidationException>().Which;

        refusal.Failures.Should().HaveCount(3).And.SatisfyRespectively(
            failure => failure.Should().Match("PresignerOptions.AccessKeyId: The access key ID " + message),
            failure => failure.Should().Match("PresignerOptions.SecretAccessKey: The secret access key " + message),
            failure => failure.Should().Match("PresignerOptions.SessionToken: The session token " + message));
        refusal.ToString().Should().NotContain(Secret);
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

        OptionsValidationException refusal = create.Should().Throw<OptionsValidationException>().Which;

        refusal.Failures.Should().ContainMatch($"PresignerOptions.{missing}: The * is not set, but other parts of the credentials are. Set AccessKeyId and SecretAccessKey, or none of them.");
        refusal.ToString().Should().NotContain(Secret).And.NotContain(Token);
    }

    [Fact]
    public void New_NoCredentialsInTheOptions_NamesBothWays() => FluentActions
        .Invoking(() => TestPresigner.Create(options => options.AccessKeyId = options.SecretAccessKey = null))
        .Should().Throw<OptionsValidationException>().WithMessage("PresignerOptions.AccessKeyId: The credentials are not set. Set AccessKeyId and SecretAccessKey, call UseCredentials, or register an IS3CredentialsProvider (for a named presigner, with its name as the key).");

    [Fact]
    public void EncodedSessionToken_Token_IsPercentEncodedOnce()
    {
        Encoding.ASCII.GetString(new S3Credentials("AK", Secret, "a/b+c=é").EncodedSessionToken!).Should().Be("a%2Fb%2Bc%3D%C3%A9");
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
    public void ToString_LastingCredentials_SaysSo() => new S3Credentials("AK", Secret).ToString()
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

    private static void Refusal(Func<S3Credentials> create, string parameter, string message) => create.Should().Throw<ArgumentException>()
        .WithMessage(message).WithParameterName(parameter).Which.ToString().Should().NotContain(Secret);
}
