"""The same answers, written the way most Django projects would write them. Runnable and honest."""
