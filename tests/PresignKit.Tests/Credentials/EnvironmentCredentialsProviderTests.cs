using Microsoft.Extensions.Options;

namespace PresignKit.Tests;

public class EnvironmentCredentialsProviderTests
{
    [Fact]
    public void Constructor_NullFunction_Throws() =>
        FluentActions.Invoking(() => new EnvironmentCredentialsProvider(null!)).Should().Throw<ArgumentNullException>().WithParameterName("getVariable");

    [Fact]
    public async Task Get_AwsVariables_ReturnsTheirCredentials()
    {
        S3Credentials credentials = await Of(
            ("AWS_ACCESS_KEY_ID", "AK"), ("AWS_SECRET_ACCESS_KEY", "secret"), ("AWS_SESSION_TOKEN", "token"),
            ("AWS_CREDENTIAL_EXPIRATION", "2026-03-14T16:09:26+01:00")).GetCredentialsAsync();

        (credentials.AccessKeyId, credentials.SecretAccessKey, credentials.SessionToken).Should().Be(("AK", "secret", "token"));
        credentials.ExpiresAt.Should().Be(TestPresigner.SignedAt);
    }

    [Fact]
    public async Task Get_SpacesVariables_ReturnsTheirCredentials()
    {
        S3Credentials credentials = await Of(("SPACES_ACCESS_KEY_ID", "DO"), ("SPACES_SECRET_ACCESS_KEY", "secret")).GetCredentialsAsync();

        (credentials.AccessKeyId, credentials.SecretAccessKey, credentials.SessionToken, credentials.ExpiresAt).Should().Be(("DO", "secret", null, null));
    }

    [Fact]
    public async Task Get_BothPairs_UsesTheAwsPair() => (await Of(
            ("SPACES_ACCESS_KEY_ID", "DO"), ("SPACES_SECRET_ACCESS_KEY", "other"), ("AWS_ACCESS_KEY_ID", "AK"), ("AWS_SECRET_ACCESS_KEY", "secret"))
        .GetCredentialsAsync()).Should().Match<S3Credentials>(credentials => credentials.AccessKeyId == "AK" && credentials.SecretAccessKey == "secret");

    [Fact]
    public async Task Get_EmptyVariables_CountAsNotSet() => (await Of(
            ("AWS_ACCESS_KEY_ID", ""), ("AWS_SECRET_ACCESS_KEY", ""), ("AWS_SESSION_TOKEN", ""), ("SPACES_ACCESS_KEY_ID", "DO"), ("SPACES_SECRET_ACCESS_KEY", "secret"))
        .GetCredentialsAsync()).AccessKeyId.Should().Be("DO");

    // The Spaces pair is complete, but mixing the two pairs or silently choosing that one would sign with unintended keys.
    [Theory]
    [InlineData("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")]
    [InlineData("AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID")]
    public void Get_HalfOfTheAwsPair_NamesTheMissingVariable(string set, string missing) =>
        ErrorMessage((set, "value"), ("SPACES_ACCESS_KEY_ID", "DO"), ("SPACES_SECRET_ACCESS_KEY", "secret"))
            .Should().Be($"The environment variable {missing} is not set, but other variables of the same credentials are. Set all of them, or none.");

    [Theory]
    [InlineData("SPACES_ACCESS_KEY_ID", "SPACES_SECRET_ACCESS_KEY")]
    [InlineData("SPACES_SECRET_ACCESS_KEY", "SPACES_ACCESS_KEY_ID")]
    public void Get_HalfOfTheSpacesPair_NamesTheMissingVariable(string set, string missing) => ErrorMessage((set, "value")).Should().StartWith($"The environment variable {missing} is not set");

    [Fact]
    public void Get_TokenAlone_NamesBothKeys() => ErrorMessage(("AWS_SESSION_TOKEN", "token")).Split(Environment.NewLine).Should().SatisfyRespectively(
        line => line.Should().StartWith("The environment variable AWS_ACCESS_KEY_ID is not set"),
        line => line.Should().StartWith("The environment variable AWS_SECRET_ACCESS_KEY is not set"));

    [Fact]
    public void Get_Nothing_NamesBothPairs() => ErrorMessage().Should().Contain("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
        .And.Contain("SPACES_ACCESS_KEY_ID and SPACES_SECRET_ACCESS_KEY");

    [Fact]
    public void Get_BadValues_NamesEachWithoutSecrets() =>
        ErrorMessage(("AWS_ACCESS_KEY_ID", "AK "), ("AWS_SECRET_ACCESS_KEY", "hidden\n"), ("AWS_SESSION_TOKEN", "veiled\u0001"), ("AWS_CREDENTIAL_EXPIRATION", "soon"))
            .Should().NotContain("hidden").And.NotContain("veiled").And.Subject.Split(Environment.NewLine).Should().SatisfyRespectively(
                line => line.Should().StartWith("The environment variable AWS_ACCESS_KEY_ID is not valid: The access key ID starts or ends with white space"),
                line => line.Should().StartWith("The environment variable AWS_SECRET_ACCESS_KEY is not valid: The secret access key starts or ends with white space"),
                line => line.Should().StartWith("The environment variable AWS_SESSION_TOKEN is not valid: The session token contains the character U+0001, which is not valid in a session token. Request new temporary credentials"),
                line => line.Should().Be("The environment variable AWS_CREDENTIAL_EXPIRATION is 'soon', which is not a valid instant. Use a form such as '2026-03-14T15:09:26Z', or unset it."));

    [Fact]
    public void New_PresignerWithIncompleteVariables_Throws() => FluentActions.Invoking(() => TestPresigner.With(Of(("AWS_ACCESS_KEY_ID", "AK"))))
        .Should().Throw<OptionsValidationException>().WithMessage("PresignerOptions: The environment variable AWS_SECRET_ACCESS_KEY is not set*");

    [Fact]
    public void Presign_Variables_SignsWithThem() => TestPresigner.With(Of(("SPACES_ACCESS_KEY_ID", "DO"), ("SPACES_SECRET_ACCESS_KEY", "secret")))
        .Presign(new GetObject("key")).Url.Should().Be(TestPresigner.Of(new S3Credentials("DO", "secret")).Presign(new GetObject("key")).Url);

    [Fact]
    public async Task Get_CalledAgain_ReturnsTheSameCredentialsWithoutReading()
    {
        int reads = 0;
        EnvironmentCredentialsProvider provider = new(name =>
        {
            reads++;
            return name.StartsWith("SPACES", StringComparison.Ordinal) ? "value" : null;
        });
        S3Credentials first = await provider.GetCredentialsAsync();
        int before = reads;

        (await provider.GetCredentialsAsync()).Should().BeSameAs(first);

        reads.Should().Be(before);
    }

    private static EnvironmentCredentialsProvider Of(params (string Name, string Value)[] variables)
    {
        Dictionary<string, string> environment = variables.ToDictionary(variable => variable.Name, variable => variable.Value);
        return new EnvironmentCredentialsProvider(name => environment.GetValueOrDefault(name));
    }

    private static string ErrorMessage(params (string, string)[] variables) =>
        FluentActions.Invoking(() => Of(variables).GetCredentialsAsync()).Should().Throw<InvalidOperationException>().Which.Message;
}
