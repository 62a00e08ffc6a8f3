using System.Globalization;

namespace PresignKit;

/// <summary>
/// Takes the credentials from environment variables, and only where it is asked for: <c>options.UseCredentials(new EnvironmentCredentialsProvider())</c>. Thread-safe.
/// </summary>
/// <remarks>
/// <c>AWS_ACCESS_KEY_ID</c> and <c>AWS_SECRET_ACCESS_KEY</c>, with <c>AWS_SESSION_TOKEN</c> and <c>AWS_CREDENTIAL_EXPIRATION</c> (an instant in ISO 8601) where they are
/// set; where none of these four is, <c>SPACES_ACCESS_KEY_ID</c> and <c>SPACES_SECRET_ACCESS_KEY</c>. An empty variable counts as not set, and pairs are never mixed. They are
/// read at the first URL and kept; a presigner says at its start what is wrong with them. Source:
/// <see href="https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html">Environment variables</see> of the AWS CLI.
/// </remarks>
public sealed class EnvironmentCredentialsProvider : IS3CredentialsProvider
{
    private readonly Func<string, string?> _readVariable;
    private volatile S3Credentials? _credentials;

    /// <summary>Makes a provider that reads the environment of the process.</summary>
    public EnvironmentCredentialsProvider()
#pragma warning disable RS0030 // The one place that reads the environment.
        : this(Environment.GetEnvironmentVariable)
#pragma warning restore RS0030
    {
    }

    /// <summary>Makes a provider that reads variables from elsewhere: from a test, say.</summary>
    /// <param name="readVariable">Gets the value of a variable by its name, or <c>null</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="readVariable"/> is <c>null</c>.</exception>
    public EnvironmentCredentialsProvider(Func<string, string?> readVariable)
    {
        ArgumentNullException.ThrowIfNull(readVariable);
        _readVariable = readVariable;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The variables are not set, or not rightly; the message names each.</exception>
    public ValueTask<S3Credentials> GetCredentialsAsync(CancellationToken cancellationToken = default) => new(_credentials ??= Require());

    /// <summary>What is wrong with the variables, one message a fault.</summary>
    internal IReadOnlyList<string> FindProblems()
    {
        List<string> problems = [];
        _credentials ??= Read(problems);
        return problems;
    }

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
            problems.Add("AWS_ACCESS_KEY_ID: The environment holds no credentials. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or SPACES_ACCESS_KEY_ID and SPACES_SECRET_ACCESS_KEY.");
            return null;
        }

        string? id = Get(prefix + "_ACCESS_KEY_ID", "access key id", problems);
        string? secret = Get(prefix + "_SECRET_ACCESS_KEY", "secret access key", problems);
        string? token = isAws && IsSet("AWS_SESSION_TOKEN") ? Get("AWS_SESSION_TOKEN", "session token", problems) : null;
        DateTimeOffset? end = isAws ? GetEnd(problems) : null;
        return problems.Count == 0 ? new S3Credentials(id!, secret!, token, end) : null;
    }

    private string? Get(string variable, string name, List<string> problems)
    {
        string? value = _readVariable(variable);
        string? problem = string.IsNullOrEmpty(value)
            ? "not set in the environment, while others of its credentials are. Set all of them, or none."
            : CredentialRules.FindProblem(value!, name);
        if (problem is not null)
        {
            problems.Add($"{variable}: {problem}");
        }

        return value;
    }

    private DateTimeOffset? GetEnd(List<string> problems)
    {
        const string variable = "AWS_CREDENTIAL_EXPIRATION";
        string? value = _readVariable(variable);
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset end))
        {
            return end;
        }

        problems.Add($"{variable}: '{Printable.Text(value!)}' is no instant. Write it like '2026-03-14T15:09:26Z', or leave it out.");
        return null;
    }

    private bool IsSet(string variable) => !string.IsNullOrEmpty(_readVariable(variable));
}
