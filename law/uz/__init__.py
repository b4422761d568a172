"""Uzbekistan: Law 258-II of 29.08.2001 on the execution of judicial and other acts."""
