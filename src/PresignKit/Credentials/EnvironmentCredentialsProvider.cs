using System.Globalization;

namespace PresignKit;

/// <summary>Provides credentials from environment variables.</summary>
/// <remarks>
/// Instances are thread-safe. The environment is read only if this provider is used, as in <c>options.UseCredentials(new EnvironmentCredentialsProvider())</c>.
/// The provider reads <c>AWS_ACCESS_KEY_ID</c> and <c>AWS_SECRET_ACCESS_KEY</c> and, for temporary credentials, <c>AWS_SESSION_TOKEN</c> and <c>AWS_CREDENTIAL_EXPIRATION</c>
/// (an ISO 8601 instant). If none of these four variables is set, it reads <c>SPACES_ACCESS_KEY_ID</c> and <c>SPACES_SECRET_ACCESS_KEY</c>. An empty variable is treated as
/// not set. AWS and Spaces variables are never mixed. The variables are read once and validated together with the presigner's options. Source:
/// <see href="https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html">Environment variables</see> (AWS CLI).
/// </remarks>
public sealed class EnvironmentCredentialsProvider : IS3CredentialsProvider
{
    private readonly Func<string, string?> _getVariable;
    private volatile S3Credentials? _credentials;

    /// <summary>Initializes a new instance of the <see cref="EnvironmentCredentialsProvider"/> class.</summary>
    public EnvironmentCredentialsProvider()
#pragma warning disable RS0030 // This is the only place that reads the environment.
        : this(Environment.GetEnvironmentVariable)
#pragma warning restore RS0030
    {
    }

    /// <summary>Initializes a new instance of the <see cref="EnvironmentCredentialsProvider"/> class that uses a function to read the variables.</summary>
    /// <param name="getVariable">A function that returns the value of a variable, or <c>null</c> if the variable is not set. Tests can pass a function instead of changing the
    /// process's environment.</param>
    /// <exception cref="ArgumentNullException"><paramref name="getVariable"/> is <c>null</c>.</exception>
    public EnvironmentCredentialsProvider(Func<string, string?> getVariable)
    {
        ArgumentNullException.ThrowIfNull(getVariable);
        _getVariable = getVariable;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">A variable is missing or not valid. The message contains one line per problem.</exception>
    public ValueTask<S3Credentials> GetCredentialsAsync(CancellationToken cancellationToken = default) => new(_credentials ??= Require());

    /// <summary>Returns the credentials, or adds one message per problem and returns <c>null</c>.</summary>
    internal S3Credentials? TryGet(List<string> problems) => _credentials ??= Read(problems);

    private S3Credentials Require()
    {
        List<string> problems = [];
        return Read(problems) ?? throw new InvalidOperationException(string.Join(Environment.NewLine, problems));
    }

    private S3Credentials? Read(List<string> problems)
    {
        bool isAws = IsSet("AWS_ACCESS_KEY_ID") || IsSet("AWS_SECRET_ACCESS_KEY") || IsSet("AWS_SESSION_TOKEN") || IsSet("AWS_CREDENTIAL_EXPIRATION");
        string prefix = isAws ? "AWS" : "SPACES";
        if (!isAws && !IsSet("SPACES_ACCESS_KEY_ID") && !IsSet("SPACES_SECRET_ACCESS_KEY"))
        {
            problems.Add("The environment contains no credentials. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or SPACES_ACCESS_KEY_ID and SPACES_SECRET_ACCESS_KEY.");
            return null;
        }

        string? id = Get(prefix + "_ACCESS_KEY_ID", "access key ID", problems);
        string? secret = Get(prefix + "_SECRET_ACCESS_KEY", "secret access key", problems);
        string? token = isAws && IsSet("AWS_SESSION_TOKEN") ? Get("AWS_SESSION_TOKEN", CredentialRules.SessionToken, problems) : null;
        DateTimeOffset? expiresAt = isAws ? GetExpiry(problems) : null;
        if (problems.Count == 0 && CredentialRules.FindSwap(id!, secret!) is { } problem)
        {
            problems.Add($"The environment variables {prefix}_ACCESS_KEY_ID and {prefix}_SECRET_ACCESS_KEY are not valid: {problem}");
        }

        return problems.Count == 0 ? new S3Credentials(id!, secret!, token, expiresAt) : null;
    }

    private string? Get(string variable, string name, List<string> problems)
    {
        string? value = _getVariable(variable);
        if (string.IsNullOrEmpty(value))
        {
            problems.Add($"The environment variable {variable} is not set, but other variables of the same credentials are. Set all of them, or none.");
        }
        else if (CredentialRules.FindProblem(value!, name) is { } problem)
        {
            problems.Add($"The environment variable {variable} is not valid: {problem}");
        }

        return value;
    }

    private DateTimeOffset? GetExpiry(List<string> problems)
    {
        const string variable = "AWS_CREDENTIAL_EXPIRATION";
        string? value = _getVariable(variable);
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset expiresAt))
        {
            return expiresAt;
        }

        problems.Add($"The environment variable {variable} is '{Printable.Text(value!)}', which is not a valid instant. Use a form such as '2026-03-14T15:09:26Z', or unset it.");
        return null;
    }

    private bool IsSet(string variable) => !string.IsNullOrEmpty(_getVariable(variable));
}
