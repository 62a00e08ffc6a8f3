using System.Collections;
using System.Reflection;

namespace PresignKit.Tests;

/// <summary>Collects the output of calls: all strings in their exceptions, and the debugger views of their results.</summary>
internal sealed class Outputs
{
    public int Exceptions { get; private set; }

    public HashSet<string> Messages { get; } = [];

    /// <summary>Outputs that contain a secret, each with the name of the secret and the call.</summary>
    public List<string> Leaks { get; } = [];

    public void Run(string call, Func<object?> run)
    {
        try
        {
            object? result = Finish(run());
            if (result is not null and not string && result.GetType().Assembly == typeof(S3Presigner).Assembly)
            {
                Look(call, result.ToString() ?? "");
                foreach ((string path, string text) in DebuggerView.Of(result))
                {
                    Look($"{call}: {path}", text);
                }
            }
        }
        catch (Exception e)
        {
            Look(call, e is TargetInvocationException { InnerException: { } inner } ? inner : e);
        }
    }

    public void Look(string call, string text)
    {
        foreach (string secret in Markers.In(text))
        {
            Leaks.Add($"{secret} in {call}: {text}");
        }
    }

    public void Look(string call, Exception e)
    {
        Exceptions++;
        Messages.Add(e.Message);
        Look(call, e.ToString());
        foreach (PropertyInfo property in e.GetType().GetProperties().Where(one => one.Name is not ("TargetSite" or "InnerException")))
        {
            Look($"{call}, {property.Name}", property.GetValue(e) is IEnumerable many and not string ? string.Join("\n", many.Cast<object?>()) : property.GetValue(e)?.ToString() ?? "");
        }

        foreach (DictionaryEntry entry in e.Data)
        {
            Look(call + ", Data", $"{entry.Key}: {entry.Value}");
        }

        if (e.InnerException is not null)
        {
            Look(call, e.InnerException);
        }
    }

    // Waits for an asynchronous result and throws its exception if it failed.
    private static object? Finish(object? result)
    {
        if (result?.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ValueTask<>))
        {
            Task task = (Task)type.GetMethod(nameof(ValueTask<int>.AsTask))!.Invoke(result, null)!;
            task.GetAwaiter().GetResult();
            return task.GetType().GetProperty("Result")!.GetValue(task);
        }

        return result;
    }
}
