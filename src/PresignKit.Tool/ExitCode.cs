namespace PresignKit.Tool;

/// <summary>The exit codes of the command. Scripts test for 0; the others tell people which kind of remedy is needed.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The result is negative: the URL has expired or its signature is wrong, or some lines of a batch failed.</summary>
    public const int Negative = 1;

    /// <summary>An option, a key, a URL or another input is not valid.</summary>
    public const int Usage = 2;

    /// <summary>The credentials or the store are missing, a profile cannot be read, or the input or output failed.</summary>
    public const int Setup = 3;

    /// <summary>A service for temporary credentials did not respond.</summary>
    public const int Network = 4;

    /// <summary>A defect of the command, like EX_SOFTWARE in sysexits.h.</summary>
    public const int Defect = 70;

    /// <summary>The reader closed the pipe. Shells report the same value: 128 + SIGPIPE.</summary>
    public const int BrokenPipe = 141;
}
