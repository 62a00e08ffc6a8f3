namespace PresignKit.Tests;

/// <summary>A fake IAM role. Each call returns new credentials (KEY1, KEY2, …) that expire after <see cref="Lifetime"/>. A test can delay its calls or make them fail.</summary>
internal sealed class FakeRole(TimeProvider clock) : IS3CredentialsProvider
{
    private TaskCompletionSource _gate = Open();
    private int _calls;
    private int _atOnce;

    public int Calls => Volatile.Read(ref _calls);

    public int MostAtOnce { get; private set; }

    public TimeSpan? Lifetime { get; set; } = TimeSpan.FromHours(1);

    public Exception? Failure { get; set; }

    public void Hold() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void LetGo() => _gate.SetResult();

    public async Task Asked(int calls)
    {
        while (Calls < calls)
        {
            await Task.Delay(1);
        }
    }

    public async ValueTask<S3Credentials> GetCredentialsAsync(CancellationToken cancellationToken = default)
    {
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _atOnce));
        int number = Interlocked.Increment(ref _calls);
        try
        {
            await _gate.Task;
            return Failure is null ? new S3Credentials($"KEY{number}", $"secret{number}", "token", clock.GetUtcNow() + Lifetime) : throw Failure;
        }
        finally
        {
            Interlocked.Decrement(ref _atOnce);
        }
    }

    private static TaskCompletionSource Open()
    {
        TaskCompletionSource open = new();
        open.SetResult();
        return open;
    }
}
