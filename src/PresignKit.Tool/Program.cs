using PresignKit.Tool;

// Services often run without HOME. Without this variable, the AWS SDK would read its settings from the folder .aws in the current directory, which can belong to someone else.
if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("HOME")) && !OperatingSystem.IsWindows())
{
    Environment.SetEnvironmentVariable("HOME", Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));
}

return await PresignTool.RunAsync(args, ToolContext.OfProcess());
