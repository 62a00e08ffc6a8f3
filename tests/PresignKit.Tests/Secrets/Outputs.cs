using System.Collections;
using System.Reflection;

namespace PresignKit.Tests;

/// <summary>Collects what calls say: the texts of their exceptions with everything in them, and what debuggers show of their results.</summary>
internal sealed class Outputs
{
    public int Exceptions { get; private set; }

    public HashSet<string> Messages { get; } = [];

    /// <summary>Outputs with a secret in them: which, and of which call.</summary>
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

    // An awaited result, and the exception of a failed one.
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
