using Microsoft.Extensions.Options;

namespace PresignKit.AspNetCore;

/// <summary>Validates the options and reports one message for each problem.</summary>
internal sealed class RequirePresignedUrlOptionsValidator : IValidateOptions<RequirePresignedUrlOptions>
{
    // Endpoint and bucket are validated by the presigner, which requires credentials.
    private static readonly S3Credentials Placeholder = new("EXAMPLEKEYID", "unused-secret-access-key");

    public ValidateOptionsResult Validate(string? name, RequirePresignedUrlOptions options)
    {
        List<string> problems = [];
        FindProblemsOfAddress(options, problems);
        FindProblemsOfCredentials(options, problems);
        FindProblemsOfLists(options, problems);
        FindProblemOfTimes(options, problems);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void FindProblemsOfAddress(RequirePresignedUrlOptions options, List<string> problems)
    {
        if (options.Endpoint is null)
        {
            Add(problems, nameof(options.Endpoint), "The address of the application is missing. Set it to the address for which URLs are signed, for example S3Endpoint.Create(\"https://app.example.com\", \"us-east-1\").");
        }

        if (string.IsNullOrEmpty(options.Bucket))
        {
            Add(problems, nameof(options.Bucket), "The bucket is missing. Set it to the bucket of the presigner that creates the URLs.");
        }
        else if (options.Endpoint is not null)
        {
            PresignerOptions presigner = new() { Bucket = options.Bucket };
            presigner.UseEndpoint(options.Endpoint);
            presigner.UseCredentials(Placeholder);
            try
            {
                _ = new S3Presigner(presigner);
            }
            catch (OptionsValidationException e)
            {
                problems.AddRange(e.Failures.Select(failure => failure.Replace(nameof(PresignerOptions), nameof(RequirePresignedUrlOptions), StringComparison.Ordinal)));
            }
        }
    }

    private static void FindProblemsOfCredentials(RequirePresignedUrlOptions options, List<string> problems)
    {
        if (options.Credentials.Any(credentials => credentials is null))
        {
            Add(problems, nameof(options.Credentials), "An item is null. Remove it.");
        }
        else if (options.Credentials.GroupBy(credentials => credentials.AccessKeyId).FirstOrDefault(group => group.Count() > 1)?.Key is { } repeated)
        {
            Add(problems, nameof(options.Credentials), $"The access key ID '{repeated}' appears more than once. Remove all but one of the credentials with this ID.");
        }

        if (options.Credentials.Count == 0 && options.FindCredentials is null)
        {
            Add(problems, nameof(options.Credentials), "There are no credentials, so no signature could be verified. Add the credentials that sign URLs, or set FindCredentials.");
        }
        else if (options.Credentials.Count > 0 && options.FindCredentials is not null)
        {
            Add(problems, nameof(options.FindCredentials), "The function cannot be combined with Credentials. Remove the credentials, or let the function return them.");
        }
    }

    private static void FindProblemsOfLists(RequirePresignedUrlOptions options, List<string> problems)
    {
        foreach (string? header in options.AllowedUnsignedHeaders)
        {
            if (header?.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) != true)
            {
                Add(problems, nameof(options.AllowedUnsignedHeaders), $"'{header}' does not start with 'x-amz-', so it is always accepted without being signed. Remove it.");
            }
        }

        foreach (string? parameter in options.AllowedParameters)
        {
            if (string.IsNullOrEmpty(parameter))
            {
                Add(problems, nameof(options.AllowedParameters), "A name is null or empty. Remove it.");
            }
            else if (parameter.StartsWith("response-", StringComparison.OrdinalIgnoreCase))
            {
                Add(problems, nameof(options.AllowedParameters), $"'{parameter}' overrides a response header. Remove it: the overrides that S3 defines are always applied, and other names are always rejected.");
            }
        }
    }

    private static void FindProblemOfTimes(RequirePresignedUrlOptions options, List<string> problems)
    {
        try
        {
            _ = new PresignedUrlVerifier(_ => null, PresignedUrlReceiver.ToVerifierOptions(options));
        }
        catch (ArgumentException e)
        {
            // The message already identifies the option, so the suffix with the parameter name is removed.
            problems.Add($"{nameof(RequirePresignedUrlOptions)}: {e.Message.Split(" (Parameter '")[0]}");
        }
    }

    private static void Add(List<string> problems, string option, string problem) => problems.Add($"{nameof(RequirePresignedUrlOptions)}.{option}: {problem}");
}
