using PresignKit.Tool.Input;

namespace PresignKit.Tool.Store;

/// <summary>Finds the region in the environment and in a profile.</summary>
internal static class ConfiguredRegion
{
    /// <summary>The region that self-hosted stores expect unless they are configured otherwise, and that the AWS CLI uses for them.</summary>
    public const string Default = "us-east-1";

    public static Resolved<string>? Find(ToolContext context, AwsProfile? profile) =>
        Array.Find(["AWS_REGION", "AWS_DEFAULT_REGION"], name => context.Variable(name) is not null) is { } variable ? new Resolved<string>(context.Variable(variable)!, variable)
        : OfProfile(profile);

    public static Resolved<string>? OfProfile(AwsProfile? profile) =>
        profile?.Find("region") is { } region ? new Resolved<string>(region, profile.SourceOf("region")) : null;

    /// <summary>Returns the region of an AWS service, which the SDK inserts into a host name without a check.</summary>
    /// <exception cref="ToolException">The region cannot be a part of a host name.</exception>
    public static string ForHost(Resolved<string> region) => region.Value.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? region.Value
        : throw ToolException.Setup($"{region.Source}: '{Shown.Text(region.Value)}' is not a valid region. Use a region such as eu-west-1.");
}
